#include "host/engine/carry.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "host/engine/stepped_networks.hpp"
#include "logmargin/gradient_step.hpp"
#include "logmargin/settled.hpp"

namespace logmargin {

namespace {

constexpr int steps_between_looks = 1 << 16;
/// The time that trying to leap takes, in steps.
constexpr double steps_worth_a_leap = 64.0;

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
  return steps_below(climber.rate, climber.own, climber.own + rise, rise);
}

void move(const Problem& problem, const Climber& climber, double steps) {
  const double before = climber.own;
  climber.own = climb(climber.rate, before, steps);
  climber.follower += problem.rate_coupling / climber.rate * (climber.own - before);
}

/// One active point beside a dead one, and what its two neurons drag along there.
struct LonePoint {
  double rate;
  double correct, wrong;
  double correct_follower, wrong_follower;
};

/// After so many steps of the point's own, whether or not a follower fires on the way.
LonePoint moved(const Problem& problem, const LonePoint& lone, double steps) {
  const auto point = leap(lone.rate, PointState<double>{lone.correct, lone.wrong}, steps);
  const double ratio = problem.rate_coupling / lone.rate;
  LonePoint after = lone;
  after.correct = point.correct;
  after.wrong = point.wrong;
  after.correct_follower += ratio * (point.correct - lone.correct);
  after.wrong_follower += ratio * (point.wrong - lone.wrong);
  return after;
}

bool stays_alone(const LonePoint& lone) { return lone.correct_follower <= 0.0 && lone.wrong_follower <= 0.0; }

/// Whole steps, no more than asked, for which no follower fires: each moves one way only.
double steps_alone(const Problem& problem, const LonePoint& lone, double steps) {
  if (stays_alone(moved(problem, lone, steps))) return steps;
  double below = 0.0;
  double above = steps;
  while (above - below > 1.0 && above > std::nextafter(below, above)) {
    const double middle = above > 4.0 * (below + 1.0) ? std::sqrt((below + 1.0) * above) : 0.5 * (below + above);
    (stays_alone(moved(problem, lone, std::floor(middle))) ? below : above) = std::floor(middle);
  }
  return below;
}

/// Leaps a network with a dead point as far as the other moves alone; returns the steps taken.
double leap_beside_dead_point(const Problem& problem, Network<double>& network, double steps) {
  const bool first_dead = network.z11 <= 0.0 && network.z21 <= 0.0;
  const bool second_dead = network.z22 <= 0.0 && network.z12 <= 0.0;
  if (first_dead && second_dead) return steps;
  if (first_dead) {
    const LonePoint lone = {problem.rate_negative, network.z22, network.z12, network.z21, network.z11};
    const double taken = steps_alone(problem, lone, steps);
    const LonePoint after = moved(problem, lone, taken);
    network = {after.wrong_follower, after.wrong, after.correct_follower, after.correct};
    return taken;
  }
  if (!second_dead) return 0.0;
  const LonePoint lone = {problem.rate_positive, network.z11, network.z21, network.z12, network.z22};
  const double taken = steps_alone(problem, lone, steps);
  const LonePoint after = moved(problem, lone, taken);
  network = {after.correct, after.correct_follower, after.wrong, after.wrong_follower};
  return taken;
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

bool finite(const Network<double>& z) {
  return std::isfinite(z.z11) && std::isfinite(z.z12) && std::isfinite(z.z21) && std::isfinite(z.z22);
}

/// No step moves it any more, nor do so many steps together: each by less than the last place of what it moves.
bool stays_for(const Problem& problem, const Network<double>& network, double steps) {
  const auto first = pull(network.z11, network.z21);
  const auto second = pull(network.z22, network.z12);
  const double weight = std::max({first.correct, first.wrong, second.correct, second.wrong});
  const double rate = std::max({problem.rate_positive, problem.rate_negative, std::abs(problem.rate_coupling)});
  const double most = rate * (2.0 * weight) * steps;
  return network.z11 + most == network.z11 && network.z12 + most == network.z12 && network.z21 + most == network.z21 &&
         network.z22 + most == network.z22;
}

}  // namespace

Carried carry(const Problem& problem, Network<double> network, double from_t, double to_t, double most_one_by_one,
              const RunControl& control) {
  double left = to_t - from_t;
  double one_by_one = 0.0;
  double effort = 0.0;
  while (left > 0.0) {
    // What is not finite has diverged for good.
    if (!finite(network) || stays_for(problem, network, left)) break;
    left -= leap_beside_dead_point(problem, network, left);
    left -= leap_alone(problem, network, left);
    if (left <= 0.0) break;
    effort += steps_worth_a_leap;
    if (effort >= most_one_by_one) return {network, to_t - left, left, one_by_one};
    for (int i = 0; i < steps_between_looks && left > 0.0; ++i) {
      network = gradient_step(problem, network);
      left -= 1.0;
      one_by_one += 1.0;
      effort += 1.0;
      if (dead_points(network) > 0 || (network.z12 <= 0.0 && network.z21 <= 0.0)) break;
    }
    look_for_stop(control);
  }
  return {network, to_t, 0.0, one_by_one};
}

}  // namespace logmargin
