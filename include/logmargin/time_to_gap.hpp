#pragma once

#include "logmargin/late_gap_in_space.hpp"

namespace logmargin {

/// When the gap of a settled network is last above a threshold. The gap is the larger of two parts: the crossing's
/// distance from the midpoint, which falls to zero at most once, rises to one peak and then falls for good; and the
/// neurons' own reach, which only falls.
class LateGap {
 public:
  LOGMARGIN_HOST_DEVICE LateGap(const Problem& problem, const Settled& settled)
      : problem_(problem), settled_(settled), start_(ln_of_first_t(settled)) {}

  /// ln t of the last time the gap is above the threshold, as a real number; -infinity where it never is from the
  /// settled state on, NaN where it always is.
  LOGMARGIN_HOST_DEVICE double last_above(double threshold) {
    const double of_crossing = last_crossing_above(threshold);
    const double of_reach = last_reach_above(threshold);
    return of_reach > of_crossing ? of_reach : of_crossing;
  }

  /// At a whole t of the settled state.
  LOGMARGIN_HOST_DEVICE double gap_at(double t) const {
    return observe(problem_, late_state(settled_, logarithm(t)).network).gap;
  }

 private:
  /// The difference of the leads goes to a limit with the sign of its value late on.
  LOGMARGIN_HOST_DEVICE bool before_peak(double ln_t) const {
    const LateState late = late_state(settled_, ln_t);
    const Leads<double> lead = leads(late.network);
    const double difference = lead.first - lead.second;
    const double limit = difference_at_infinity();
    if (difference * limit < 0.0) return true;
    const double sign = difference < 0.0 ? -1.0 : 1.0;
    const double difference_slope =
        sign * ((1.0 + settled_.ratio_first) * late.slope_first - (1.0 + settled_.ratio_second) * late.slope_second);
    const double sum_slope =
        (1.0 - settled_.ratio_first) * late.slope_first + (1.0 - settled_.ratio_second) * late.slope_second;
    return difference_slope * (lead.first + lead.second) > sign * difference * sum_slope;
  }

  /// The limit of lead_1 - lead_2; its sign alone where norms differ and it grows for ever.
  LOGMARGIN_HOST_DEVICE double difference_at_infinity() const {
    if (settled_.ratio_first != settled_.ratio_second) return settled_.ratio_first - settled_.ratio_second;
    return (1.0 + settled_.ratio_first) * (settled_.log_rate_first - settled_.log_rate_second) +
           settled_.intercept_z12 - settled_.intercept_z21;
  }

  /// On the last descent, 1/gap is close to a line in ln t: from where that line meets the threshold, Newton's steps.
  /// NaN where they lead off the descent.
  LOGMARGIN_HOST_DEVICE double on_last_descent(double threshold) const {
    constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
    const double sum_slope = 2.0 - settled_.ratio_first - settled_.ratio_second;
    const double sum_constant = (1.0 - settled_.ratio_first) * settled_.log_rate_first +
                                (1.0 - settled_.ratio_second) * settled_.log_rate_second - settled_.intercept_z12 -
                                settled_.intercept_z21;
    double ln_t = (problem_.optimal_margin * absolute(difference_at_infinity()) / threshold - sum_constant) / sum_slope;
    for (int i = 0; i < 12; ++i) {
      if (!(ln_t >= start_)) return undefined;
      const LateState late = late_state(settled_, ln_t);
      const Leads<double> lead = leads(late.network);
      const double difference = lead.first - lead.second;
      const double sum = lead.first + lead.second;
      const double difference_slope =
          (1.0 + settled_.ratio_first) * late.slope_first - (1.0 + settled_.ratio_second) * late.slope_second;
      const double rise =
          (1.0 - settled_.ratio_first) * late.slope_first + (1.0 - settled_.ratio_second) * late.slope_second;
      // d(1/gap)/d ln t over 1/gap; positive on a descent.
      const double relative_slope = rise / sum - difference_slope / difference;
      if (!(relative_slope > 0.0) || difference == 0.0 || difference * difference_at_infinity() < 0.0) return undefined;
      const double gap = crossing_gap(problem_, lead);
      const double correction = (gap / threshold - 1.0) / relative_slope;
      ln_t += correction;
      if (absolute(correction) <= 1e-15 * absolute(ln_t)) return ln_t;
    }
    return undefined;
  }

  /// ln t of the peak, to more digits than its height needs.
  LOGMARGIN_HOST_DEVICE double find_peak() const {
    double beyond = start_ + 1.0;
    double stride = 1.0;
    while (before_peak(beyond) && stride < 1e6) {
      stride *= 2.0;
      beyond += stride;
    }
    return bisect(start_, beyond, 1e-7, [this](double ln_t) LOGMARGIN_INLINED { return before_peak(ln_t); });
  }

  LOGMARGIN_HOST_DEVICE double crossing_gap_at(double ln_t) const {
    return crossing_gap(problem_, leads(late_state(settled_, ln_t).network));
  }

  LOGMARGIN_HOST_DEVICE double reach_gap_at(double ln_t) const {
    return problem_.optimal_margin - neuron_reach(problem_, late_state(settled_, ln_t).network);
  }

  LOGMARGIN_HOST_DEVICE double last_crossing_above(double threshold) {
    const double descending = on_last_descent(threshold);
    if (descending >= start_) return descending;
    if (!peak_known_) {
      peak_ = find_peak();
      peak_known_ = true;
    }
    const auto above = [this, threshold](double ln_t) LOGMARGIN_INLINED { return crossing_gap_at(ln_t) > threshold; };
    if (above(peak_)) return last_true(peak_, above);
    if (!above(start_)) return -std::numeric_limits<double>::infinity();
    // Above at the start and not at the peak: it crosses on the way down to its zero, before the peak.
    return bisect(start_, peak_, 0.0, [this, threshold](double ln_t) LOGMARGIN_INLINED {
      const Leads<double> lead = leads(late_state(settled_, ln_t).network);
      return (lead.first - lead.second) * difference_at_infinity() < 0.0 && crossing_gap_at(ln_t) > threshold;
    });
  }

  LOGMARGIN_HOST_DEVICE double last_reach_above(double threshold) const {
    const auto above = [this, threshold](double ln_t) LOGMARGIN_INLINED { return reach_gap_at(ln_t) > threshold; };
    return above(start_) ? last_true(start_, above) : -std::numeric_limits<double>::infinity();
  }

  /// Of a condition that holds at from and, once false, stays false; NaN where it does not end.
  template <class Condition>
  LOGMARGIN_HOST_DEVICE static double last_true(double from, const Condition& holds) {
    double stride = 1.0;
    while (holds(from + stride)) {
      if (stride > 1e12) return std::numeric_limits<double>::quiet_NaN();
      stride *= 2.0;
    }
    return bisect(from, from + stride, 0.0, holds);
  }

  template <class Condition>
  LOGMARGIN_HOST_DEVICE static double bisect(double holds_at, double fails_at, double width, const Condition& holds) {
    while (fails_at - holds_at > width) {
      const double middle = 0.5 * (holds_at + fails_at);
      if (middle == holds_at || middle == fails_at) break;
      if (holds(middle)) {
        holds_at = middle;
      } else {
        fails_at = middle;
      }
    }
    return fails_at;
  }

  Problem problem_;
  Settled settled_;
  double start_;
  double peak_ = 0.0;
  bool peak_known_ = false;
};

/// Steps that are taken one by one, at most, to see a network settle or for its gap on the way.
inline constexpr double most_steps_walked = 131072.0;
/// Of decoupled data, which leap from then on.
inline constexpr double most_steps_walked_before_leaps = 4096.0;
inline constexpr std::size_t most_thresholds = 64;

/// Pre-activations so large that A is out of its range; the network moves no more within any t.
LOGMARGIN_HOST_DEVICE bool far_away(const Problem& problem, const Network<double>& network) {
  return climbs_far_away(problem.rate_positive, network.z11) || climbs_far_away(problem.rate_negative, network.z22);
}

/// Takes a network from its start to where it has settled; returns that t, NaN where it does not come to that.
LOGMARGIN_HOST_DEVICE double settle(const Problem& problem, Network<double>& network) {
  constexpr double never = std::numeric_limits<double>::quiet_NaN();
  const Network<double> initial = network;
  const double walked = problem.decoupled() ? most_steps_walked_before_leaps : most_steps_walked;
  for (double t = 0.0; t < walked; ++t) {
    if (settles(problem, network)) return t;
    // A dead point stays so in decoupled data; in coupled data the other may lift its neurons.
    if (far_away(problem, network) || (problem.decoupled() && dead_points(network) > 0)) return never;
    network = gradient_step(problem, network);
  }
  if (!problem.decoupled()) return never;
  for (double t = 2.0 * walked; t < 0x1p1000; t *= 2.0) {
    const auto first = leap(problem.rate_positive, PointState<double>{initial.z11, initial.z21}, t);
    const auto second = leap(problem.rate_negative, PointState<double>{initial.z22, initial.z12}, t);
    network = {first.correct, second.wrong, first.wrong, second.correct};
    if (settles(problem, network)) return t;
  }
  return never;
}

/// The last whole t of the settled way with the gap above the threshold, -1 for none. ln_t: Late's last_above.
template <class Late>
LOGMARGIN_HOST_DEVICE double last_whole_above(const Settled& settled, const Late& late, double ln_t, double threshold) {
  if (!(ln_t >= 0.0)) return -1.0;
  // Where rounding puts the crossing on the wrong side of a whole t, the gap itself decides.
  double t = std::ceil(exponential(ln_t)) + 1.0;
  for (int i = 0; i < 4 && t > settled.from_t && !(late.gap_at(t) > threshold); ++i) t -= 1.0;
  return t > settled.from_t ? t : -1.0;
}

/// log10 of t_eps = min {T : gap(t) <= threshold for all t >= T}, for each threshold, of a network that converges:
/// -infinity where the gap never exceeds the threshold, NaN where it stays above it, or where t_eps is not known: the
/// network never settles (kappa_12 > 0) or is not trained by gradient descent on the exponential loss, not within
/// most_steps_walked (coupled data), or was last above the threshold before it settled later than that.
///
/// Precondition: count <= most_thresholds. Up to 1e5 t_eps is a whole number of steps; beyond, it is the real-valued
/// crossing on ln t. The kind of network, on the line or in space, knows its gap and when that is last above late on.
template <class Kind>
LOGMARGIN_HOST_DEVICE void log10_times_to_gap(const Kind& kind, const Problem& problem, const Network<double>& initial,
                                              const double* thresholds, std::size_t count, double* log10_t) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
  constexpr double ln_of_last_whole = 11.512925464970229;  // ln 1e5
  for (std::size_t i = 0; i < count; ++i) log10_t[i] = unknown;
  if (problem.rate_coupling > 0.0 || !problem.method.plain()) return;

  Network<double> network = initial;
  const double t = settle(problem, network);
  if (std::isnan(t)) return;
  const Settled settled = make_settled(problem, network, t);
  auto late = kind.late_gap(problem, settled);
  std::uint64_t on_the_way = 0;  // thresholds that the settled state never exceeds, a bit each
  for (std::size_t i = 0; i < count; ++i) {
    const double ln_t = late.last_above(thresholds[i]);
    if (ln_t > ln_of_last_whole || std::isnan(ln_t)) {
      log10_t[i] = ln_t * inverse_of_ln_10;
      continue;
    }
    const double last_t = last_whole_above(settled, late, ln_t, thresholds[i]);
    if (last_t >= 0.0) {
      log10_t[i] = logarithm(last_t + 1.0) * inverse_of_ln_10;
    } else if (t <= most_steps_walked) {
      log10_t[i] = -infinity;
      on_the_way |= std::uint64_t{1} << i;
    }
  }

  // Settled below the threshold: the last time above it was on the way there, if ever.
  network = initial;
  for (double step = 0.0; on_the_way != 0 && step <= settled.from_t; ++step) {
    const double gap = kind.gap(problem, network);
    for (std::size_t i = 0; i < count; ++i) {
      if ((on_the_way >> i & 1U) != 0 && gap > thresholds[i]) log10_t[i] = logarithm(step + 1.0) * inverse_of_ln_10;
    }
    network = gradient_step(problem, network);
  }
}

struct NetworkOnLine {
  LOGMARGIN_HOST_DEVICE double gap(const Problem& problem, const Network<double>& network) const {
    return observe(problem, network).gap;
  }
  LOGMARGIN_HOST_DEVICE LateGap late_gap(const Problem& problem, const Settled& settled) const {
    return {problem, settled};
  }
};

LOGMARGIN_HOST_DEVICE void log10_times_to_gap(const Problem& problem, const Network<double>& initial,
                                              const double* thresholds, std::size_t count, double* log10_t) {
  log10_times_to_gap(NetworkOnLine{}, problem, initial, thresholds, count, log10_t);
}

struct NetworkInSpace {
  FrozenPart<double> frozen;

  LOGMARGIN_HOST_DEVICE double gap(const Problem& problem, const Network<double>& network) const {
    return observe(problem, network, frozen).gap;
  }
  LOGMARGIN_HOST_DEVICE LateGapInSpace late_gap(const Problem& problem, const Settled& settled) const {
    return {problem, settled, frozen};
  }
};

LOGMARGIN_HOST_DEVICE void log10_times_to_gap(const Problem& problem, const Network<double>& initial,
                                              const FrozenPart<double>& frozen, const double* thresholds,
                                              std::size_t count, double* log10_t) {
  log10_times_to_gap(NetworkInSpace{frozen}, problem, initial, thresholds, count, log10_t);
}

}  // namespace logmargin
