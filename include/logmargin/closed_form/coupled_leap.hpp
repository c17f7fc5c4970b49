#pragma once

#include "logmargin/closed_form/leap.hpp"
#include "logmargin/measure/outcome.hpp"

namespace logmargin {

/// This file has the leaps of networks of coupled data, over steps in which each active pre-activation climbs on its
/// own. An inactive pre-activation of the same neuron follows it in proportion.

/// DrivenPair holds an active correct pre-activation, and the inactive one of the same neuron that it drives.
struct DrivenPair {
  double rate;
  double driving, driven;
};

/// Returns the number of whole steps for which the driven one stays inactive.
LOGMARGIN_HOST_DEVICE_CALLED double free_steps(const Problem& problem, const DrivenPair& pair) {
  if (too_early_to_leap(pair.rate, pair.driving)) return 0.0;
  if (problem.rate_coupling < 0.0) return std::numeric_limits<double>::infinity();
  const double rise = -pair.driven * pair.rate / problem.rate_coupling;
  return steps_below(pair.rate, pair.driving, pair.driving + rise, rise);
}

LOGMARGIN_HOST_DEVICE_CALLED DrivenPair after_steps(const Problem& problem, const DrivenPair& pair, double steps) {
  const double climbed = climb(pair.rate, pair.driving, steps);
  const double ratio = problem.rate_coupling / pair.rate;
  return {pair.rate, climbed, pair.driven + ratio * (climbed - pair.driving)};
}

/// PointBesideDead is an active point beside a dead one, with the pre-activations that its two neurons have at the dead
/// point.
struct PointBesideDead {
  double rate;
  double correct, wrong;
  double correct_driven, wrong_driven;
};

/// Returns the point after so many steps of its own, whether or not a neuron starts to fire at the dead point on the
/// way.
LOGMARGIN_HOST_DEVICE_CALLED PointBesideDead after_steps(const Problem& problem, const PointBesideDead& before,
                                                         double steps) {
  const auto point = leap(before.rate, PointState<double>{before.correct, before.wrong}, steps);
  const double ratio = problem.rate_coupling / before.rate;
  return {before.rate, point.correct, point.wrong, before.correct_driven + ratio * (point.correct - before.correct),
          before.wrong_driven + ratio * (point.wrong - before.wrong)};
}

LOGMARGIN_HOST_DEVICE bool leaves_dead(const PointBesideDead& point) {
  return point.correct_driven <= 0.0 && point.wrong_driven <= 0.0;
}

/// Returns the number of whole steps, no more than asked for, up to the one with which a neuron starts to fire at the
/// dead point. That step is still the living point's own. Each pre-activation at the dead point moves one way only.
LOGMARGIN_HOST_DEVICE double steps_beside_dead(const Problem& problem, const PointBesideDead& point, double steps) {
  if (leaves_dead(after_steps(problem, point, steps))) return steps;
  double below = 0.0;
  double above = steps;
  while (above - below > 1.0) {
    const double ratio_middle = std::sqrt(below + 1.0) * std::sqrt(above);
    const double middle = std::floor(above > 4.0 * (below + 1.0) ? ratio_middle : 0.5 * (below + above));
    if (middle <= below || middle >= above) break;
    (leaves_dead(after_steps(problem, point, middle)) ? below : above) = middle;
  }
  return above;
}

/// Leaps a network with a dead point as far as the other point moves alone, to where the dead one wakes, and no farther
/// than so many steps. Returns the steps taken.
LOGMARGIN_HOST_DEVICE_CALLED double leap_beside_dead_point(const Problem& problem, Network<double>& network,
                                                           double steps) {
  const bool first_dead = network.z11 <= 0.0 && network.z21 <= 0.0;
  const bool second_dead = network.z22 <= 0.0 && network.z12 <= 0.0;
  if (first_dead && second_dead) return steps;
  if (!first_dead && !second_dead) return 0.0;
  const PointBesideDead before =
      first_dead ? PointBesideDead{problem.rate_negative, network.z22, network.z12, network.z21, network.z11}
                 : PointBesideDead{problem.rate_positive, network.z11, network.z21, network.z12, network.z22};
  const double taken = steps_beside_dead(problem, before, steps);
  const auto network_after = [&](double count) LOGMARGIN_INLINED {
    const PointBesideDead after = after_steps(problem, before, count);
    return first_dead ? Network<double>{after.wrong_driven, after.wrong, after.correct_driven, after.correct}
                      : Network<double>{after.correct, after.correct_driven, after.wrong, after.wrong_driven};
  };
  // The step that wakes it is taken as in lockstep, unless it is below rounding.
  network = gradient_step(problem, network_after(taken - 1.0));
  if (dead_points(network) > 0) network = network_after(taken);
  return taken;
}

/// Leaps a network whose wrong neuron fires at neither point, as far as that lasts and no farther than so many steps.
/// Returns the steps taken.
LOGMARGIN_HOST_DEVICE double leap_alone(const Problem& problem, Network<double>& network, double steps) {
  if (network.z12 > 0.0 || network.z21 > 0.0) return 0.0;
  const DrivenPair first = {problem.rate_positive, network.z11, network.z12};
  const DrivenPair second = {problem.rate_negative, network.z22, network.z21};
  double taken = steps;
  if (first.driving > 0.0) taken = smaller(taken, free_steps(problem, first));
  if (second.driving > 0.0) taken = smaller(taken, free_steps(problem, second));
  if (!(taken >= 1.0)) return 0.0;
  if (first.driving > 0.0) {
    const DrivenPair after = after_steps(problem, first, taken);
    network.z11 = after.driving;
    network.z12 = after.driven;
  }
  if (second.driving > 0.0) {
    const DrivenPair after = after_steps(problem, second, taken);
    network.z22 = after.driving;
    network.z21 = after.driven;
  }
  return taken;
}

/// Returns whether a leap may be possible.
LOGMARGIN_HOST_DEVICE bool may_leap(const Network<double>& network) {
  return dead_points(network) > 0 || (network.z12 <= 0.0 && network.z21 <= 0.0);
}

/// LeapTries says when the next leap is tried. A try that leads nowhere takes as long as many steps, so the steps
/// between tries double with each such one.
struct LeapTries {
  static constexpr double worthwhile = 256.0;
  static constexpr double most_steps_between = 65536.0;

  double steps_between = 0.0;
  double steps_since = 0.0;

  LOGMARGIN_HOST_DEVICE bool due(const Network<double>& network) const {
    return steps_since >= steps_between && may_leap(network);
  }
  LOGMARGIN_HOST_DEVICE void count_step() { steps_since += 1.0; }
  LOGMARGIN_HOST_DEVICE void count_leap(double steps) {
    steps_since = 0.0;
    if (steps >= worthwhile) {
      steps_between = 0.0;
    } else {
      steps_between = smaller(2.0 * steps_between + 1.0, most_steps_between);
    }
  }
};

}  // namespace logmargin
