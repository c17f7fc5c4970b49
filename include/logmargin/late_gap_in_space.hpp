#pragma once

#include "logmargin/observation.hpp"
#include "logmargin/settled.hpp"

namespace logmargin {

/// LateGap for networks in space, whose frozen parts add a third way in which the gap may rise and fall: looked at on a
/// grid of ln t rather than understood.
class LateGapInSpace {
 public:
  LOGMARGIN_HOST_DEVICE LateGapInSpace(const Problem& problem, const Settled& settled, const FrozenPart<double>& frozen)
      : problem_(problem), settled_(settled), frozen_(frozen), start_(ln_of_first_t(settled)) {}

  /// ln t of the last time the gap is above the threshold, as a real number; -infinity where it never is from the
  /// settled state on, NaN where it always is, or still at ln t = 1e12.
  LOGMARGIN_HOST_DEVICE double last_above(double threshold) const {
    Place later = place(start_ + farthest);
    if (later.gap > threshold) return std::numeric_limits<double>::quiet_NaN();
    Place latest = later;
    for (double beyond = farthest / stride; beyond > nearest; beyond /= stride) {
      const Place earlier = place(start_ + beyond);
      if (earlier.gap > threshold) return last_between(earlier.ln_t, later.ln_t, threshold);
      // A peak between points of the grid.
      if (later.gap > latest.gap && later.gap > earlier.gap) {
        const Place top = place(peak_between(earlier.ln_t, latest.ln_t));
        if (top.gap > threshold) return last_between(top.ln_t, latest.ln_t, threshold);
      }
      latest = later;
      later = earlier;
    }
    return gap(start_) > threshold ? last_between(start_, later.ln_t, threshold)
                                   : -std::numeric_limits<double>::infinity();
  }

  /// At a whole t of the settled state.
  LOGMARGIN_HOST_DEVICE double gap_at(double t) const { return gap(logarithm(t)); }

 private:
  // Of the grid: ln t less its start.
  static constexpr double farthest = 1e12;
  static constexpr double nearest = 1e-3;
  static constexpr double stride = 1.25;

  struct Place {
    double ln_t, gap;
  };
  LOGMARGIN_HOST_DEVICE Place place(double ln_t) const { return {ln_t, gap(ln_t)}; }

  LOGMARGIN_HOST_DEVICE double gap(double ln_t) const {
    return observe(problem_, late_state(settled_, ln_t).network, frozen_).gap;
  }

  LOGMARGIN_HOST_DEVICE double last_between(double above, double below, double threshold) const {
    for (;;) {
      const double middle = 0.5 * (above + below);
      if (middle == above || middle == below) return below;
      (gap(middle) > threshold ? above : below) = middle;
    }
  }

  LOGMARGIN_HOST_DEVICE double peak_between(double low, double high) const {
    while (high - low > 1e-7 * (1.0 + absolute(low))) {
      const double third = (high - low) / 3.0;
      if (gap(low + third) > gap(high - third)) {
        high -= third;
      } else {
        low += third;
      }
    }
    return 0.5 * (low + high);
  }

  Problem problem_;
  Settled settled_;
  FrozenPart<double> frozen_;
  double start_;
};

}  // namespace logmargin
