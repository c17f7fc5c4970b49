#include "host/engine/carry.hpp"

#include <algorithm>
#include <limits>

#include "host/engine/stepped_networks.hpp"
#include "logmargin/settled.hpp"

namespace logmargin {

namespace {

constexpr int steps_between_looks = 1 << 16;

/// An active correct pre-activation and the inactive one of the same neuron, which it drags along.
struct Climber {
  double rate;
  double& own;
  double& follower;
};

/// Whole steps for which a climber goes on alone: until the follower fires, for kappa_12 > 0.
double free_steps(const Problem& problem, const Climber& climber) {
  if (too_early_to_leap(climber.rate, climber.own)) return 0.0;
  if (problem.rate_coupling < 0.0) return std::numeric_limits<double>::infinity();
  const double rise = -climber.follower * climber.rate / problem.rate_coupling;
  return steps_below(climber.rate, climber.own, climber.own + rise);
}

void move(const Problem& problem, const Climber& climber, double steps) {
  const double before = climber.own;
  climber.own = climb(climber.rate, before, steps);
  climber.follower += problem.rate_coupling / climber.rate * (climber.own - before);
}

/// Leaps as far as all active pre-activations climb alone; returns the steps taken.
double leap_alone(const Problem& problem, Network<double>& network, double steps) {
  if (network.z12 > 0.0 || network.z21 > 0.0) return 0.0;
  const Climber first = {problem.rate_positive, network.z11, network.z12};
  const Climber second = {problem.rate_negative, network.z22, network.z21};
  double taken = steps;
  for (const Climber* climber : {&first, &second}) {
    if (climber->own > 0.0) taken = std::min(taken, free_steps(problem, *climber));
  }
  if (taken < 1.0) return 0.0;
  for (const Climber* climber : {&first, &second}) {
    if (climber->own > 0.0) move(problem, *climber, taken);
  }
  return taken;
}

}  // namespace

Carried carry(const Problem& problem, Network<double> network, double from_t, double to_t, double most_one_by_one,
              const RunControl& control) {
  double left = to_t - from_t;
  double one_by_one = 0.0;
  while (left > 0.0) {
    left -= leap_alone(problem, network, left);
    if (left <= 0.0) break;
    if (one_by_one >= most_one_by_one) return {network, to_t - left, left};
    for (int i = 0; i < steps_between_looks && left > 0.0; ++i) {
      network = gradient_step(problem, network);
      left -= 1.0;
      one_by_one += 1.0;
      if (network.z12 <= 0.0 && network.z21 <= 0.0) break;
    }
    look_for_stop(control);
  }
  return {network, to_t, 0.0};
}

}  // namespace logmargin
