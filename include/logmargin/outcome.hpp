#pragma once

#include <cmath>
#include <limits>

#include "logmargin/optimizers.hpp"

namespace logmargin {

/// How a network stands at the horizon; every network has exactly one.
enum class Outcome : int {
  converging,  ///< it classifies both points and goes on to do so, see converges
  stuck,       ///< at one point or both no neuron fires, and none ever will
  transient,   ///< none of the others: still on its way
  diverged,    ///< a pre-activation is infinite or NaN
  frozen,      ///< an active pre-activation has a non-zero update too small to change it; not GD any more
  dormant,     ///< at one point no neuron fires, but the other point may make one fire again
  unresolved   ///< not followed to the horizon, for want of a closed form
};
inline constexpr int outcomes = 7;  ///< how many there are

/// Points at which no neuron fires: 0, 1 or 2.
LOGMARGIN_HOST_DEVICE int dead_points(const Network<double>& network) {
  const bool first_dead = !(network.z11 > 0.0) && !(network.z21 > 0.0);
  const bool second_dead = !(network.z22 > 0.0) && !(network.z12 > 0.0);
  return (first_dead ? 1 : 0) + (second_dead ? 1 : 0);
}

/// At each point the neuron that should fire does, and the other does not.
LOGMARGIN_HOST_DEVICE bool specialised(const Network<double>& network) {
  return network.z11 > 0.0 && network.z21 <= 0.0 && network.z22 > 0.0 && network.z12 <= 0.0;
}

/// Whether a network classifies both points and will go on to do so.
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

/// Whether steps of gradient descent may make a neuron fire at a dead point, which the other point alone can do.
/// weight: -l' at the other point, or more. Precondition: exactly one point is dead.
///
/// Where kappa_12 > 0 the right neuron of the other point rises at the dead one too, as long as it fires. Where
/// kappa_12 < 0 the other point's wrong neuron rises at the dead one while it falls to zero at its own, and by no more
/// than a step beyond.
LOGMARGIN_HOST_DEVICE bool may_wake(const Problem& problem, const Network<double>& network, double weight) {
  const bool first_dead = !(network.z11 > 0.0) && !(network.z21 > 0.0);
  const double correct = first_dead ? network.z22 : network.z11;
  const double wrong = first_dead ? network.z12 : network.z21;
  if (problem.rate_coupling > 0.0) return correct > 0.0;
  if (!(problem.rate_coupling < 0.0 && wrong > 0.0)) return false;
  const double rate = first_dead ? problem.rate_negative : problem.rate_positive;
  const double driven = first_dead ? network.z11 : network.z22;
  return driven - problem.rate_coupling * (wrong / rate + weight) > 0.0;
}

/// An active pre-activation always has a non-zero update in real arithmetic. Number is what states are kept in: a
/// double or, in mixed precision, a pair of floats.
template <class Number = double>
LOGMARGIN_HOST_DEVICE bool stagnates(const Problem& problem, const Network<Number>& network) {
  const Network<Number> next = gradient_step(problem, network);
  return (positive(network.z11) && next.z11 == network.z11) || (positive(network.z12) && next.z12 == network.z12) ||
         (positive(network.z21) && next.z21 == network.z21) || (positive(network.z22) && next.z22 == network.z22);
}

/// Whether a network with one dead point may wake under the problem's method. Where that is not gradient descent on the
/// exponential loss nothing is assumed of how far a step leads, and in continuous time it leads nowhere.
LOGMARGIN_HOST_DEVICE bool is_dormant(const Problem& problem, const Network<double>& network) {
  if (dead_points(network) != 1) return false;
  if (!takes_steps(problem.method)) return may_wake(problem, network, 0.0);
  if (!problem.method.plain()) return may_wake(problem, network, std::numeric_limits<double>::infinity());
  const auto first = pull(network.z11, network.z21);
  const auto second = pull(network.z22, network.z12);
  return may_wake(problem, network, larger(larger(first.correct, first.wrong), larger(second.correct, second.wrong)));
}

/// The one outcome that holds. in_lockstep: the network got there step by step, where it can stagnate; leaps cannot.
/// Number as for stagnates.
template <class Number = double>
LOGMARGIN_HOST_DEVICE Outcome classify(const Problem& problem, const Network<Number>& network,
                                       bool in_lockstep = true) {
  const Network<double> seen = widen(network);
  if (!std::isfinite(seen.z11) || !std::isfinite(seen.z12) || !std::isfinite(seen.z21) || !std::isfinite(seen.z22)) {
    return Outcome::diverged;
  }
  const bool moves = dead_points(seen) == 0 || is_dormant(problem, seen);
  if (!moves) return Outcome::stuck;
  if (in_lockstep && stagnates(problem, network)) return Outcome::frozen;
  if (dead_points(seen) > 0) return Outcome::dormant;
  return converges(problem, seen) ? Outcome::converging : Outcome::transient;
}

}  // namespace logmargin
