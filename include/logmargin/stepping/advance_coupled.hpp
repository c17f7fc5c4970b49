#pragma once

#include "logmargin/closed_form/coupled_leap.hpp"
#include "logmargin/stepping/stepping_policy.hpp"

namespace logmargin {

/// A network of coupled points may take this effort in a run that leaps, in steps taken one by one; it is some tenths
/// of a second. A leap counts as many steps as it takes the time of.
inline constexpr double most_steps_one_by_one = 1e7;
/// A leap takes the time of this many steps.
inline constexpr double steps_worth_a_leap = 64.0;

/// AdvanceResult holds a network of coupled points at the t it came to, and the steps left from there.
struct AdvanceResult {
  Network<double> network;
  double reached_t;
  double steps_left;
  double steps_one_by_one;
  double effort;  ///< in steps
};

/// Returns whether neither one step nor so many together move a network any more: each moves it by less than the last
/// place of what it moves.
LOGMARGIN_HOST_DEVICE bool stays_for(const Problem& problem, const Network<double>& network, double steps) {
  const auto first = point_loss_gradient(network.z11, network.z21);
  const auto second = point_loss_gradient(network.z22, network.z12);
  const double weight = larger(larger(first.correct, first.wrong), larger(second.correct, second.wrong));
  const double rate = larger(larger(problem.rate_positive, problem.rate_negative), absolute(problem.rate_coupling));
  const double most = rate * (2.0 * weight) * steps;
  return network.z11 + most == network.z11 && network.z12 + most == network.z12 && network.z21 + most == network.z21 &&
         network.z22 + most == network.z22;
}

/// NoWatcher is for a caller that asks only where a network comes to.
struct NoWatcher {
  LOGMARGIN_HOST_DEVICE static bool ends(const Network<double>&) { return false; }
  LOGMARGIN_HOST_DEVICE static bool may_leap(const Network<double>&) { return true; }
  LOGMARGIN_HOST_DEVICE static void stepped(const Network<double>&, double) {}
  LOGMARGIN_HOST_DEVICE static void leapt(const Network<double>&, double) {}
};

/// Takes a network of coupled points towards to_t: by leaps while each active pre-activation climbs on its own and
/// until the next neuron starts to fire, step by step otherwise, and with no more effort than most_effort. poll() is
/// called every so many steps, and may throw. The watcher is told of the network after each step and each leap, says
/// from where it can follow leaps, and may end the way.
template <class Poll = NoPoll, class Watcher = NoWatcher>
LOGMARGIN_HOST_DEVICE_CALLED AdvanceResult advance_coupled(const Problem& problem, Network<double> network,
                                                           double from_t, double to_t, double most_effort,
                                                           const Poll& poll = {}, const Watcher& watcher = {}) {
  constexpr auto steps_between_checks = static_cast<double>(steps_between_polls);
  double left = to_t - from_t;
  // This is kept apart from what is left, beside which few steps would be lost.
  double reached_t = from_t;
  double one_by_one = 0.0;
  double effort = 0.0;
  double next_check = 0.0;
  LeapTries tries;
  while (left > 0.0) {
    if (watcher.ends(network)) return {network, reached_t, left, one_by_one, effort};
    if (watcher.may_leap(network) && tries.due(network)) {
      // What is not finite has diverged for good.
      if (!all_finite(network) || stays_for(problem, network, left)) break;
      double leapt = leap_beside_dead_point(problem, network, left);
      if (leapt < left && !watcher.ends(network)) leapt += leap_alone(problem, network, left - leapt);
      effort += steps_worth_a_leap;
      tries.count_leap(leapt);
      left -= leapt;
      reached_t += leapt;
      if (leapt > 0.0) {
        watcher.leapt(network, reached_t);
        if (watcher.ends(network)) return {network, reached_t, left, one_by_one, effort};
      }
      if (left <= 0.0) break;
    }
    if (effort >= most_effort) return {network, reached_t, left, one_by_one, effort};
    if (effort >= next_check) {
      poll();
      if (!all_finite(network) || stays_for(problem, network, left)) break;
      next_check = effort + steps_between_checks;
    }
    network = gradient_step(problem, network);
    tries.count_step();
    left -= 1.0;
    reached_t += 1.0;
    one_by_one += 1.0;
    effort += 1.0;
    watcher.stepped(network, reached_t);
  }
  return {network, to_t, 0.0, one_by_one, effort};
}

}  // namespace logmargin
