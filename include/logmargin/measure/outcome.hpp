#pragma once

#include <cmath>
#include <limits>

#include "logmargin/optimizers/optimizers.hpp"

namespace logmargin {

/// Outcome says how a network stands at the horizon; every network has exactly one.
enum class Outcome : int {
  converging,  ///< it classifies both points and goes on to do so, see converges
  stuck,       ///< at one point or both no neuron fires, and none ever will
  transient,   ///< none of the others: still on its way
  diverged,    ///< a pre-activation is infinite or NaN
  stagnated,   ///< an active pre-activation has a non-zero update too small to change it; not GD any more
  dormant,     ///< at one point no neuron fires, but the other point may make one fire again
  unresolved   ///< not followed to the horizon, for want of a closed form
};
inline constexpr int outcomes = 7;  ///< how many there are

/// Returns whether all numbers of a network are finite; a network that is not has diverged.
LOGMARGIN_HOST_DEVICE bool all_finite(const Network<double>& z) {
  return std::isfinite(z.z11) && std::isfinite(z.z12) && std::isfinite(z.z21) && std::isfinite(z.z22);
}

/// Returns the number of points at which no neuron fires: 0, 1 or 2.
LOGMARGIN_HOST_DEVICE int dead_points(const Network<double>& network) {
  const bool first_dead = !(network.z11 > 0.0) && !(network.z21 > 0.0);
  const bool second_dead = !(network.z22 > 0.0) && !(network.z12 > 0.0);
  return (first_dead ? 1 : 0) + (second_dead ? 1 : 0);
}

/// Returns whether at each point the neuron that should fire does, and the other does not.
LOGMARGIN_HOST_DEVICE bool specialised(const Network<double>& network) {
  return network.z11 > 0.0 && network.z21 <= 0.0 && network.z22 > 0.0 && network.z12 <= 0.0;
}

/// Returns whether a network classifies both points and will go on to do so.
///
/// Where kappa_12 <= 0 that is where it is specialised. Where kappa_12 > 0 each point goes on to push the other's
/// neuron up, which is then held at zero there, firing in some of the steps. Both points stay classified if each neuron
/// still fires at its own point once it has been pushed down to zero at the other.
LOGMARGIN_HOST_DEVICE bool converges(const Problem& problem, const Network<double>& network) {
  if (problem.rate_coupling <= 0.0) return specialised(network);
  const double first_down = network.z12 > 0.0 ? problem.rate_coupling / problem.rate_negative * network.z12 : 0.0;
  const double second_down = network.z21 > 0.0 ? problem.rate_coupling / problem.rate_positive * network.z21 : 0.0;
  return network.z11 > first_down && network.z22 > second_down && network.z11 > network.z21 &&
         network.z22 > network.z12;
}

/// LivingPoint is the living point of a network with one dead point.
struct LivingPoint {
  double rate;           ///< of the point
  double correct;        ///< pre-activation of the neuron that is right at the point
  double wrong;          ///< pre-activation of the other neuron
  double wrong_at_dead;  ///< pre-activation that the other neuron has at the dead point, where it is the right one
};

/// Returns the living point. Precondition: exactly one point is dead.
LOGMARGIN_HOST_DEVICE LivingPoint living_point(const Problem& problem, const Network<double>& network) {
  const bool first_dead = !(network.z11 > 0.0) && !(network.z21 > 0.0);
  return first_dead ? LivingPoint{problem.rate_negative, network.z22, network.z12, network.z11}
                    : LivingPoint{problem.rate_positive, network.z11, network.z21, network.z22};
}

/// Returns whether steps of gradient descent may make a neuron fire at a dead point, which the living one alone can do.
/// overshoot: how far its wrong pre-activation falls below zero, at most.
///
/// Where kappa_12 > 0 the living point's right neuron rises at the dead one too, as long as it fires. Where kappa_12 <
/// 0 its wrong neuron rises there while it falls to zero at its own point, and by no more than the overshoot beyond.
LOGMARGIN_HOST_DEVICE bool may_wake(const Problem& problem, const LivingPoint& living, double overshoot) {
  if (problem.rate_coupling > 0.0) return living.correct > 0.0;
  if (!(problem.rate_coupling < 0.0 && living.wrong > 0.0)) return false;
  return living.wrong_at_dead - problem.rate_coupling / living.rate * (living.wrong + overshoot) > 0.0;
}

/// Returns the largest overshoot of plain steps. From a wrong pre-activation d a step leads to d - rate exp(-m), where
/// m = correct - d, of a constant sum, or -d: the overshoot is convex in d, and so largest at 0 or at today's d.
LOGMARGIN_HOST_DEVICE double largest_overshoot(const LivingPoint& living) {
  const double now = living.rate * point_loss_gradient(living.correct, living.wrong).wrong - living.wrong;
  const double at_zero = living.rate * exponential(living.correct > 0.0 ? -(living.correct + living.wrong) : 0.0);
  return larger(now, at_zero);
}

/// Returns whether an active pre-activation is not moved by its update, which is always non-zero in real arithmetic.
/// Number is what states are kept in: a double or, in mixed precision, a pair of floats.
template <class Number = double>
LOGMARGIN_HOST_DEVICE bool stagnates(const Problem& problem, const Network<Number>& network) {
  const Network<Number> next = gradient_step(problem, network);
  return (positive(network.z11) && next.z11 == network.z11) || (positive(network.z12) && next.z12 == network.z12) ||
         (positive(network.z21) && next.z21 == network.z21) || (positive(network.z22) && next.z22 == network.z22);
}

/// Returns whether a network with one dead point may wake under the problem's method. Where that is not gradient
/// descent on the exponential loss nothing is assumed of how far a step leads; in continuous time it leads nowhere.
LOGMARGIN_HOST_DEVICE bool is_dormant(const Problem& problem, const Network<double>& network) {
  if (dead_points(network) != 1) return false;
  const LivingPoint living = living_point(problem, network);
  if (!takes_steps(problem.method)) return may_wake(problem, living, 0.0);
  const double unbounded = std::numeric_limits<double>::infinity();
  return may_wake(problem, living, problem.method.is_gd_exponential() ? largest_overshoot(living) : unbounded);
}

/// Returns the one outcome that holds. in_lockstep: the network got there step by step, where it can stagnate; leaps
/// cannot. Number as for stagnates.
template <class Number = double>
LOGMARGIN_HOST_DEVICE Outcome classify(const Problem& problem, const Network<Number>& network,
                                       bool in_lockstep = true) {
  const Network<double> seen = widen(network);
  if (!all_finite(seen)) return Outcome::diverged;
  const bool moves = dead_points(seen) == 0 || is_dormant(problem, seen);
  if (!moves) return Outcome::stuck;
  if (in_lockstep && stagnates(problem, network)) return Outcome::stagnated;
  if (dead_points(seen) > 0) return Outcome::dormant;
  return converges(problem, seen) ? Outcome::converging : Outcome::transient;
}

}  // namespace logmargin
