#pragma once

#include "logmargin/exponential.hpp"
#include "logmargin/logarithm.hpp"
#include "logmargin/network.hpp"

namespace logmargin {

/// What one network shows at one t.
template <class V>
struct Observation {
  V margin;      ///< distance from the points to the nearest point classified otherwise; 0 if one is misclassified
  V gap;         ///< gamma_star - margin, computed without that subtraction's cancellation
  V log10_loss;  ///< of the mean loss; finite where exp(-margin) underflows
  V pattern;     ///< activation_pattern
  V classified;  ///< 1 where both points are strictly correctly classified, else 0
};

/// log10 of (exp(-m1) + exp(-m2))/2, factored about the smaller margin so that it never underflows.
template <class V>
LOGMARGIN_HOST_DEVICE V log10_mean_loss(V first_margin, V second_margin) {
  const V least = smaller(first_margin, second_margin);
  const V most = larger(first_margin, second_margin);
  const V rest = logarithm(V(0.5) * (V(1.0) + exponential(least - most)));
  return (rest - least) * V(inverse_of_ln_10);
}

/// Margins for points on the line, from the pre-activations alone (arXiv:2603.02095; {N > 0} = {p1 > 0} and
/// {p1 > p2}, {N < 0} = {p2 > 0} and {p2 > p1}).
///
/// With lead_i = p_correct(x_i) - p_wrong(x_i), the boundary p1 = p2 lies at distance span lead_i/|lead_1 + lead_2|
/// from x_i, hence |lead_1 - lead_2|/|lead_1 + lead_2| half-spans from the midpoint. A neuron that is the
/// same everywhere has its own boundary at +infinity, by IEEE division.
template <class V>
LOGMARGIN_HOST_DEVICE Observation<V> observe(const Problem& problem, const Network<V>& network) {
  using L = lane<V>;
  const V zero(0.0);
  const V half_span(problem.optimal_margin);
  const V span = half_span + half_span;

  const V lead_first = network.z11 - network.z21;
  const V lead_second = network.z22 - network.z12;
  const V lead_sum = absolute(lead_first + lead_second);
  const V reach_first = span * network.z11 / absolute(network.z11 - network.z12);
  const V reach_second = span * network.z22 / absolute(network.z22 - network.z21);
  const V reach = smaller(reach_first, reach_second);

  const auto classified = network.z11 > zero && lead_first > zero && network.z22 > zero && lead_second > zero;
  const V margin = smaller(reach, span * smaller(lead_first, lead_second) / lead_sum);
  const V gap = larger(half_span - reach, half_span * absolute(lead_first - lead_second) / lead_sum);

  Observation<V> seen;
  seen.margin = zero_unless(classified, margin);
  seen.gap = L::select(classified, gap, half_span);
  seen.log10_loss = log10_mean_loss(relu(network.z11) - relu(network.z21), relu(network.z22) - relu(network.z12));
  seen.pattern = activation_pattern(network);
  seen.classified = zero_unless(classified, V(1.0));
  return seen;
}

/// x_star, where the two neurons agree: (b2 - b1)/(w1 - w2). Infinite or NaN for parallel neurons; +0, never -0.
LOGMARGIN_HOST_DEVICE double crossing(const Problem& problem, const Network<double>& network) {
  const double x1 = problem.positive_position;
  const double x2 = problem.negative_position;
  const double lead_first = network.z11 - network.z21;
  const double lead_second = network.z22 - network.z12;
  // Symmetric about the midpoint: exact where the leads agree.
  return (x1 + x2) / 2.0 + (x2 - x1) / 2.0 * ((lead_first - lead_second) / (lead_first + lead_second)) + 0.0;
}

}  // namespace logmargin
