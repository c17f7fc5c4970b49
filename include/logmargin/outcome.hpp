#pragma once

#include <cmath>
#include <limits>

#include "logmargin/optimizers.hpp"

namespace logmargin {

/// How a network stands at the horizon; every network has exactly one.
enum class Outcome : int {
  converging,  ///< both points specialised: the right neuron fires there and the other does not
  stuck,       ///< at one point or both no neuron fires
  transient,   ///< none of the others: still on its way
  diverged,    ///< a pre-activation is infinite or NaN
  frozen       ///< an active pre-activation has a non-zero update too small to change it; not GD any more
};
inline constexpr int outcomes = 5;  ///< how many there are

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

/// An active pre-activation always has a non-zero update in real arithmetic. Number is what states are kept in: a
/// double or, in mixed precision, a pair of floats.
template <class Number = double>
LOGMARGIN_HOST_DEVICE bool stagnates(const Problem& problem, const Network<Number>& network) {
  const Network<Number> next = gradient_step(problem, network);
  return (positive(network.z11) && next.z11 == network.z11) || (positive(network.z12) && next.z12 == network.z12) ||
         (positive(network.z21) && next.z21 == network.z21) || (positive(network.z22) && next.z22 == network.z22);
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
  if (dead_points(seen) > 0) return Outcome::stuck;
  if (in_lockstep && stagnates(problem, network)) return Outcome::frozen;
  return specialised(seen) ? Outcome::converging : Outcome::transient;
}

/// How fast the active pre-activations of a converging network grow late on: by growth each time ln t rises by one, or
/// each step where the law is inverse_power. NaN where nobody knows.
///
/// Loss-normalised descent moves them by kappa_ii times twice the softmax weight, which comes to rest where both are
/// equal: by 2/(1/kappa_11 + 1/kappa_22) a step, if that is below 2; beyond, the weights swing for ever.
LOGMARGIN_HOST_DEVICE double late_growth(const Problem& problem) {
  const Expectation expectation = expectation_of(problem.method);
  if (expectation.law == ExpectedLaw::inverse_log) return expectation.growth;
  const double a_step = 2.0 / (1.0 / problem.rate_positive + 1.0 / problem.rate_negative);
  const bool known = expectation.law == ExpectedLaw::inverse_power && a_step < 2.0;
  return known ? a_step : std::numeric_limits<double>::quiet_NaN();
}

/// C_infinity = lim gap ln t of a network specialised at both points, or lim gap t where the optimiser's law is
/// inverse_power; NaN where that limit is not known or not finite.
///
/// With r_i = kappa_12/kappa_ii the frozen combinations c_1 = r_2 z_22 - z_21, c_2 = r_1 z_11 - z_12 give
/// lead_1 - lead_2 -> ln(kappa_11/kappa_22)(1 + r) + c_1 - c_2 and lead_1 + lead_2 ~ 2 (1 - r) ln t, where r_1 = r_2.
/// For the default data this is |z_21 - z_12|/2. Unequal norms leave a gap that does not vanish where kappa_12 != 0,
/// and where the points' line misses the origin, from which the boundary then leans; see limiting_margin_ratio. What
/// else a network in space has beside the line is lost against ln t: a part in 1/ln^2 t of the gap. kappa_12 > 0 lifts
/// the inactive neurons until they fire again. Other optimisers end with the same difference of the leads, and their
/// sum grows late_growth times as fast.
LOGMARGIN_HOST_DEVICE double limiting_constant(const Problem& problem, const Network<double>& network) {
  const bool equal_norms = problem.rate_positive == problem.rate_negative;
  if (!problem.gap_vanishes() || !specialised(network)) return std::numeric_limits<double>::quiet_NaN();
  const double ratio = problem.rate_coupling / problem.rate_positive;
  const double first = ratio * network.z22 - network.z21;
  const double second = ratio * network.z11 - network.z12;
  const double from_norms = equal_norms ? 0.0 : logarithm(problem.rate_positive / problem.rate_negative);
  const double difference = first - second + from_norms;
  return problem.optimal_margin * std::fabs(difference) / (2.0 * (1.0 - ratio) * late_growth(problem));
}

}  // namespace logmargin
