#include "host/engine/carry.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "host/error.hpp"
#include "host/plan/number.hpp"
#include "logmargin/settled.hpp"

namespace logmargin {

namespace {

/// Some ten seconds of one network.
constexpr double most_steps_one_by_one = 3e8;
constexpr double steps_per_hour = 3600.0 * 3e7;
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

[[noreturn]] void out_of_reach(double steps_left, double to_t) {
  reject(
      "--steps", number_text(to_t),
      fmt::format("a network of this data has no closed form any more and {:.3g} steps to go, about {:.2g} hours for "
                  "it alone; fewer --steps are allowed, or --data P,N with P*N <= -1, whose networks leap",
                  steps_left, steps_left / steps_per_hour));
}

}  // namespace

Network<double> carry(const Problem& problem, Network<double> network, double from_t, double to_t,
                      const RunControl& control) {
  double left = to_t - from_t;
  double one_by_one = 0.0;
  while (left > 0.0) {
    const double taken = leap_alone(problem, network, left);
    left -= taken;
    if (left <= 0.0) break;
    const bool lifted = problem.rate_coupling > 0.0 && (network.z12 > 0.0 || network.z21 > 0.0);
    if (lifted && left > most_steps_one_by_one) out_of_reach(left, to_t);
    for (int i = 0; i < steps_between_looks && left > 0.0; ++i) {
      network = gradient_step(problem, network);
      left -= 1.0;
      one_by_one += 1.0;
      if (network.z12 <= 0.0 && network.z21 <= 0.0) break;
    }
    if (one_by_one > most_steps_one_by_one) out_of_reach(left, to_t);
    if (const int signal = control.stop_signal.load(std::memory_order_relaxed)) throw Interrupted(signal);
  }
  return network;
}

}  // namespace logmargin
