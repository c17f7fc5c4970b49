#pragma once

#include "logmargin/closed_form/last_above_in_space.hpp"
#include "logmargin/closed_form/last_above_on_line.hpp"
#include "logmargin/stepping/advance_coupled.hpp"

namespace logmargin {

/// log10 t_eps stands for t_eps = min {T : gap(t) <= threshold for all t >= T}. These three values of it are no times.
inline constexpr double gap_never_above = -std::numeric_limits<double>::infinity();  ///< of the threshold, at any t
inline constexpr double gap_never_within = std::numeric_limits<double>::infinity();  ///< the threshold for good
inline constexpr double time_to_gap_not_known = std::numeric_limits<double>::quiet_NaN();

/// Decoupled points take at most this many motions, and steps between them. A few of each lead to where both points
/// have specialised, except where rounding holds a huge point where it is.
inline constexpr int most_motions = 256;
inline constexpr std::size_t most_thresholds = 64;
/// t_eps is a whole number of steps up to here; beyond it is the real-valued crossing on ln t.
inline constexpr double last_whole_time = 1e5;

/// NetworkOnLine is the geometry of a network on the line: what it shows, and when its gap is last above a threshold.
struct NetworkOnLine {
  using LastAbove = LastAboveOnLine;

  LOGMARGIN_HOST_DEVICE static NetworkOnLine of(const OrthogonalComponent<double>&) { return {}; }
  /// Returns what |theta|^2 has beside what the pre-activations show; see Start.
  LOGMARGIN_HOST_DEVICE static double orthogonal_square(const Problem&) { return 0.0; }
  /// Returns what the network shows. scale: what the orthogonal component has been scaled by, of which there is none
  /// here.
  LOGMARGIN_HOST_DEVICE Observation<double> observed(const Problem& problem, const Network<double>& network,
                                                     double /*scale*/ = 1.0) const {
    return observe(problem, network);
  }
  LOGMARGIN_HOST_DEVICE double gap(const Problem& problem, const Network<double>& network) const {
    return observed(problem, network).gap;
  }
  LOGMARGIN_HOST_DEVICE LastAbove last_above(const Problem& problem, const FreeMotion& motion, double to_ln_t) const {
    return {problem, motion, to_ln_t};
  }
};

/// NetworkInRd is the same in R^D.
struct NetworkInRd {
  using LastAbove = LastAboveInSpace;

  OrthogonalComponent<double> orthogonal;

  LOGMARGIN_HOST_DEVICE static NetworkInRd of(const OrthogonalComponent<double>& part) { return {part}; }
  LOGMARGIN_HOST_DEVICE double orthogonal_square(const Problem& problem) const {
    return squared_size(problem, orthogonal);
  }
  LOGMARGIN_HOST_DEVICE Observation<double> observed(const Problem& problem, const Network<double>& network,
                                                     double scale) const {
    return observe(problem, network, scale * orthogonal);
  }
  LOGMARGIN_HOST_DEVICE double gap(const Problem& problem, const Network<double>& network) const {
    return observe(problem, network, orthogonal).gap;
  }
  LOGMARGIN_HOST_DEVICE LastAbove last_above(const Problem& problem, const FreeMotion& motion, double to_ln_t) const {
    return {problem, motion, orthogonal, to_ln_t};
  }
};

/// GapWatch holds when the gap of one network was last above each threshold, as far as it has been followed.
template <class Kind>
struct GapWatch {
  Kind kind;
  Problem problem;
  const double* thresholds;
  std::size_t count;  ///< at most most_thresholds
  double* log10_t;    ///< what log10_times_to_gap gives
};

template <class Kind>
LOGMARGIN_HOST_DEVICE void set_all(const GapWatch<Kind>& watch, double log10_t) {
  for (std::size_t i = 0; i < watch.count; ++i) watch.log10_t[i] = log10_t;
}

/// Takes note of the gap of a network that stands so at the whole t.
template <class Kind>
LOGMARGIN_HOST_DEVICE_CALLED void see(const GapWatch<Kind>& watch, const Network<double>& network, double t) {
  const double gap = watch.kind.gap(watch.problem, network);
  for (std::size_t i = 0; i < watch.count; ++i) {
    if (gap > watch.thresholds[i]) watch.log10_t[i] = logarithm(t + 1.0) * inverse_of_ln_10;
  }
}

/// Takes note that the network misclassifies a point at the whole t, so that its gap is gamma_star.
template <class Kind>
LOGMARGIN_HOST_DEVICE void see_misclassified(const GapWatch<Kind>& watch, double t) {
  for (std::size_t i = 0; i < watch.count; ++i) {
    if (watch.thresholds[i] < watch.problem.optimal_margin) {
      watch.log10_t[i] = logarithm(t + 1.0) * inverse_of_ln_10;
    }
  }
}

/// Returns ln of the step after the last whole t of the motion with the gap above the threshold, or -infinity where
/// there is none. ln_t is when the real-valued gap is last above.
template <class Kind>
LOGMARGIN_HOST_DEVICE double last_whole_above(const GapWatch<Kind>& watch, const FreeMotion& motion, double ln_t,
                                              double threshold) {
  if (!(ln_t >= 0.0)) return gap_never_above;
  // The gap at whole t decides: rounding may put the crossing on the wrong side of one, and a hump may lie between two.
  double t = std::ceil(exponential(ln_t)) + 1.0;
  while (t > motion.from_t && !(watch.kind.gap(watch.problem, network_at(motion, logarithm(t))) > threshold)) t -= 1.0;
  return t > motion.from_t ? logarithm(t + 1.0) : gap_never_above;
}

/// Takes note of the gap of a network that moves so from the motion's beginning to to_t, or without end.
template <class Kind>
LOGMARGIN_HOST_DEVICE_CALLED void see(const GapWatch<Kind>& watch, const FreeMotion& motion, double to_t) {
  const auto last_above = watch.kind.last_above(watch.problem, motion, logarithm(to_t));
  for (std::size_t i = 0; i < watch.count; ++i) {
    const double threshold = watch.thresholds[i];
    // No gap is larger than gamma_star.
    if (!(threshold < watch.problem.optimal_margin)) continue;
    const double ln_t = last_above(threshold);
    const bool whole = !motion.first.continuous && ln_t <= logarithm(last_whole_time);
    const double last = whole ? last_whole_above(watch, motion, ln_t, threshold) : ln_t;
    if (last > gap_never_above) watch.log10_t[i] = last * inverse_of_ln_10;
  }
}

/// GapWatcher takes note of the gap as advance_coupled takes a network on, until it settles.
template <class Kind>
struct GapWatcher {
  const GapWatch<Kind>& watch;

  LOGMARGIN_HOST_DEVICE bool ends(const Network<double>& network) const { return settles(watch.problem, network); }
  LOGMARGIN_HOST_DEVICE bool may_leap(const Network<double>& network) const { return dead_points(network) > 0; }
  LOGMARGIN_HOST_DEVICE void stepped(const Network<double>& network, double t) const { see(watch, network, t); }
  /// Takes note of a leap beside a dead point, where the network is misclassified at all t before. There is no other
  /// leap before it settles.
  LOGMARGIN_HOST_DEVICE void leapt(const Network<double>& network, double t) const {
    see_misclassified(watch, t - 1.0);
    see(watch, network, t);
  }
};

/// Follows gradient descent on coupled points, kappa_12 < 0. Returns whether it has settled.
template <class Kind>
LOGMARGIN_HOST_DEVICE bool watch_coupled(const Problem& problem, const Network<double>& initial,
                                         const GapWatch<Kind>& watch) {
  const AdvanceResult result =
      advance_coupled(problem, initial, 0.0, 0x1p1000, most_steps_one_by_one, NoPoll{}, GapWatcher<Kind>{watch});
  if (!settles(problem, result.network)) return false;
  see(watch, settled_motion(problem, result.network, result.reached_t), std::numeric_limits<double>::infinity());
  return true;
}

/// Returns whether what climbs at a point has a closed form in steps.
LOGMARGIN_HOST_DEVICE bool point_is_free(double rate, const PointState<double>& point) {
  if (!(point.correct > 0.0)) return false;
  return point.wrong > 0.0 ? !too_early_to_leap(2.0 * rate, point.correct - point.wrong)
                           : !too_early_to_leap(rate, point.correct);
}

/// Follows gradient descent or flow on decoupled points, by one motion after another until both points have
/// specialised. Returns whether they come to that.
template <class Kind>
LOGMARGIN_HOST_DEVICE bool watch_decoupled(const Problem& problem, const Network<double>& initial, bool continuous,
                                           const GapWatch<Kind>& watch) {
  PointState<double> first = {initial.z11, initial.z21};
  PointState<double> second = {initial.z22, initial.z12};
  double t = 0.0;
  for (int motions = 0; motions < most_motions; ++motions) {
    // A dead or reversed point of decoupled data never converges.
    if (!(first.correct > 0.0 && second.correct > 0.0)) return false;
    double steps = 1.0;
    if (continuous || (point_is_free(problem.rate_positive, first) && point_is_free(problem.rate_negative, second))) {
      const FreePoint of_first = free_point(problem.rate_positive, first, t, continuous);
      const FreePoint of_second = free_point(problem.rate_negative, second, t, continuous);
      const FreeMotion motion = motion_of(of_first, of_second, t);
      const double duration = smaller(of_first.duration, of_second.duration);
      if (!(first.wrong > 0.0 || second.wrong > 0.0)) {
        see(watch, motion, std::numeric_limits<double>::infinity());
        return true;
      }
      // A wrong neuron that fires beyond any t of a run.
      if (!(t + duration <= 0x1p1000)) return false;
      if (continuous || duration >= 1.0) see(watch, motion, t + duration);
      if (continuous) {
        first = after_flow(problem.rate_positive, first, of_first.duration, duration);
        second = after_flow(problem.rate_negative, second, of_second.duration, duration);
        t += duration;
        continue;
      }
      if (duration >= 1.0) {
        // With the step in which the neuron stops firing, but for rounding.
        steps = duration + 1.0;
      }
    }
    for (const bool of_first : {true, false}) {
      PointState<double>& point = of_first ? first : second;
      point = leap(of_first ? problem.rate_positive : problem.rate_negative, point, steps);
    }
    t += steps;
    see(watch, Network<double>{first.correct, second.wrong, first.wrong, second.correct}, t);
  }
  return false;
}

/// Returns whether t_eps of a network that converges can be known; see log10_times_to_gap.
LOGMARGIN_HOST_DEVICE bool knows_times_to_gap(const Problem& problem) {
  if (!takes_steps(problem.method)) return problem.has_orthogonal_points() && problem.method.loss == Loss::exponential;
  return problem.method.is_gd_exponential() && problem.rate_coupling <= 0.0;
}

/// Sets log10_t to log10 t_eps for each threshold, of a network that converges. It may be gap_never_above,
/// gap_never_within, or time_to_gap_not_known. It is not known for kappa_12 > 0, for coupled points under gradient flow
/// or not settled within most_steps_one_by_one, for other methods than gradient descent and flow on the exponential
/// loss, and for networks that do not converge.
///
/// A time is a property of the initial weights: it is the same bits in lockstep, by leaps, in mixed precision and
/// whatever t are recorded, and a run sees nothing between its recorded t. So the network is followed here from t = 0,
/// by closed forms as soon as there are some.
///
/// Precondition: count <= most_thresholds. Up to last_whole_time the t_eps of descent is a whole number of steps;
/// beyond, and under flow, it is the real-valued crossing on ln t.
template <class Kind>
LOGMARGIN_HOST_DEVICE void log10_times_to_gap(const Kind& kind, const Problem& problem, const Network<double>& initial,
                                              const double* thresholds, std::size_t count, double* log10_t) {
  const GapWatch<Kind> watch = {kind, problem, thresholds, count, log10_t};
  set_all(watch, gap_never_above);
  const bool flows = !takes_steps(problem.method);
  bool known = knows_times_to_gap(problem);
  if (known) {
    if (!flows) see(watch, initial, 0.0);
    known = problem.has_orthogonal_points() ? watch_decoupled(problem, initial, flows, watch)
                                            : watch_coupled(problem, initial, watch);
  }
  if (!known) set_all(watch, time_to_gap_not_known);
}

}  // namespace logmargin
