#pragma once

#include "logmargin/closed_form/free_motion.hpp"
#include "logmargin/measure/limiting_margin.hpp"
#include "logmargin/model/observation.hpp"

namespace logmargin {

/// Returns the gap of a network in R^D at a time of its motion.
LOGMARGIN_HOST_DEVICE_CALLED double gap_of_motion(const Problem& problem, const FreeMotion& motion,
                                                  const OrthogonalComponent<double>& orthogonal, double ln_t) {
  return observe(problem, network_at(motion, ln_t), orthogonal).gap;
}

/// LastAboveInSpace finds when the gap of a network in R^D is last above a threshold during a motion. The lengths of
/// the weights add a third way in which the gap may rise and fall, so the gap is looked at on a grid of times and at
/// the top of each hill.
class LastAboveInSpace {
 public:
  /// Looks at a motion up to to_ln_t, its end, which is infinite where it has none.
  LOGMARGIN_HOST_DEVICE LastAboveInSpace(const Problem& problem, const FreeMotion& motion,
                                         const OrthogonalComponent<double>& orthogonal, double to_ln_t)
      : problem_(problem),
        motion_(motion),
        orthogonal_(orthogonal),
        endless_(to_ln_t == std::numeric_limits<double>::infinity()),
        log_unit_(smaller(growth_at(motion.first, ln_of_first_t(motion)).ln_u,
                          growth_at(motion.second, ln_of_first_t(motion)).ln_u)) {
    last_clock_ = endless_ ? farthest : clock_at(to_ln_t);
  }

  /// Returns ln t of the last time the gap is above the threshold. It is -infinity where the gap never is during the
  /// motion, and the motion's end where the gap is above there: +infinity where it stays above for good.
  LOGMARGIN_HOST_DEVICE double operator()(double threshold) const {
    Place later = place(last_clock_);
    if (later.gap > threshold) return endless_ ? beyond_grid(threshold, later.gap) : ln_t_at(last_clock_);
    if (endless_ && stays_above(threshold, later.gap)) return std::numeric_limits<double>::infinity();
    Place latest = later;
    for (double clock = before(last_clock_); later.clock > 0.0; clock = before(clock)) {
      const Place earlier = place(clock);
      if (earlier.gap > threshold) return ln_t_at(last_between(earlier.clock, later.clock, threshold));
      // A peak between points of the grid; in the cells at either end no point between tells of it. Without an end the
      // gap is close to its limit there.
      const bool at_edge = !(earlier.clock > 0.0) || (!endless_ && !(latest.clock < last_clock_));
      if (at_edge || (later.gap > latest.gap && later.gap > earlier.gap)) {
        const double middle = at_edge ? later.clock : latest.clock;
        double above = above_at_peak(middle, latest.clock, threshold);
        if (above < 0.0) above = above_at_peak(earlier.clock, middle, threshold);
        if (above >= 0.0) return ln_t_at(last_between(above, above >= middle ? latest.clock : middle, threshold));
      }
      latest = later;
      later = earlier;
    }
    return -std::numeric_limits<double>::infinity();
  }

 private:
  // The clock is ln(1 + (t - from_t)/unit), of the time in which a growth doubles or less; beyond the first number the
  // grid's points lie at equal ratios.
  static constexpr double evenly_until = 48.0;
  static constexpr double even_stride = 0.125;
  static constexpr double ratio = 1.25;
  static constexpr double farthest = 1e12;

  struct Place {
    double clock, gap;
  };

  /// Returns the next earlier point of the grid.
  LOGMARGIN_HOST_DEVICE static double before(double clock) {
    const double earlier = clock > evenly_until ? clock / ratio : clock - even_stride;
    return earlier > 0.0 ? earlier : 0.0;
  }

  LOGMARGIN_HOST_DEVICE double clock_at(double ln_t) const {
    const double passed = exponential(smaller(ln_t, largest_log_phase)) - motion_.from_t;
    return passed > 0.0 ? logarithm_of_sum(0.0, logarithm(passed) - log_unit_) : 0.0;
  }

  LOGMARGIN_HOST_DEVICE double ln_t_at(double clock) const {
    if (!(clock > 0.0)) return ln_of_first_t(motion_);
    const double ln_passed = log_unit_ + logarithm_of_growth(clock);
    return motion_.from_t > 0.0 ? logarithm_of_sum(logarithm(motion_.from_t), ln_passed) : ln_passed;
  }

  LOGMARGIN_HOST_DEVICE double gap(double clock) const {
    return gap_of_motion(problem_, motion_, orthogonal_, ln_t_at(clock));
  }
  LOGMARGIN_HOST_DEVICE Place place(double clock) const { return {clock, gap(clock)}; }

  /// Returns whether the limit is above the threshold; where the two are equal to the last digits, whether the gap
  /// comes from above.
  LOGMARGIN_HOST_DEVICE bool stays_above(double threshold, double late_gap) const {
    const double limit = limiting_gap(problem_);
    if (absolute(limit - threshold) > 1e-13 * problem_.optimal_margin) return limit > threshold;
    return late_gap > threshold;
  }

  /// Returns ln t of where the gap is last above the threshold, beyond the grid. The gap there is its limit and a part
  /// that falls like 1/ln t, to every digit. Precondition: it is above the threshold at the grid's end.
  LOGMARGIN_HOST_DEVICE double beyond_grid(double threshold, double late_gap) const {
    if (stays_above(threshold, late_gap)) return std::numeric_limits<double>::infinity();
    const double limit = limiting_gap(problem_);
    return ln_t_at(last_clock_) * ((late_gap - limit) / (threshold - limit));
  }

  /// Returns the clock of the peak between two places where the gap is not above the threshold, if it is above there;
  /// else -1.
  LOGMARGIN_HOST_DEVICE double above_at_peak(double low, double high, double threshold) const {
    if (!(low < high)) return -1.0;
    const double top = peak_between(low, high);
    return gap(top) > threshold ? top : -1.0;
  }

  LOGMARGIN_HOST_DEVICE double last_between(double above, double below, double threshold) const {
    for (;;) {
      const double middle = 0.5 * (above + below);
      if (middle == above || middle == below) return below;
      (gap(middle) > threshold ? above : below) = middle;
    }
  }

  /// Returns the clock of the peak between two clocks, by golden section.
  LOGMARGIN_HOST_DEVICE double peak_between(double low, double high) const {
    constexpr double part = 0.6180339887498949;
    double left = high - part * (high - low);
    double right = low + part * (high - low);
    double gap_left = gap(left);
    double gap_right = gap(right);
    while (high - low > 1e-7 * (1.0 + absolute(low))) {
      if (gap_left > gap_right) {
        high = right;
        right = left;
        gap_right = gap_left;
        left = high - part * (high - low);
        gap_left = gap(left);
      } else {
        low = left;
        left = right;
        gap_left = gap_right;
        right = low + part * (high - low);
        gap_right = gap(right);
      }
    }
    return 0.5 * (low + high);
  }

  Problem problem_;
  FreeMotion motion_;
  OrthogonalComponent<double> orthogonal_;
  bool endless_;
  double log_unit_;
  double last_clock_;
};

}  // namespace logmargin
