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

/// How far each neuron leads the other, at the point where it should: p_correct - p_wrong.
template <class V>
struct Leads {
  V first;   ///< at point 1
  V second;  ///< at point 2
};

/// Of the pre-activations, whether positive or not.
template <class V>
LOGMARGIN_HOST_DEVICE Leads<V> leads(const Network<V>& network) {
  return {network.z11 - network.z21, network.z22 - network.z12};
}

/// Distance from each point to where its own neuron is zero, the smaller of the two; +infinity, by IEEE division,
/// for neurons that are the same everywhere.
template <class V>
LOGMARGIN_HOST_DEVICE V neuron_reach(const Problem& problem, const Network<V>& network) {
  const V span = V(problem.optimal_margin) + V(problem.optimal_margin);
  return smaller(span * network.z11 / absolute(network.z11 - network.z12),
                 span * network.z22 / absolute(network.z22 - network.z21));
}

/// Distance of the boundary p1 = p2 from the midpoint of the points.
template <class V>
LOGMARGIN_HOST_DEVICE V crossing_gap(const Problem& problem, const Leads<V>& lead) {
  return V(problem.optimal_margin) * absolute(lead.first - lead.second) / absolute(lead.first + lead.second);
}

/// Margins for points on the line, from the pre-activations alone (arXiv:2603.02095; {N > 0} = {p1 > 0} and
/// {p1 > p2}, {N < 0} = {p2 > 0} and {p2 > p1}): the boundary p1 = p2 lies span lead_i/|lead_1 + lead_2| from x_i.
template <class V>
LOGMARGIN_HOST_DEVICE Observation<V> observe(const Problem& problem, const Network<V>& network) {
  using L = lane<V>;
  const V zero(0.0);
  const V half_span(problem.optimal_margin);
  const Leads<V> lead = leads(network);
  const V reach = neuron_reach(problem, network);
  const auto classified = network.z11 > zero && lead.first > zero && network.z22 > zero && lead.second > zero;
  const V to_crossing = (half_span + half_span) * smaller(lead.first, lead.second) / absolute(lead.first + lead.second);

  Observation<V> seen;
  seen.margin = zero_unless(classified, smaller(reach, to_crossing));
  seen.gap = L::select(classified, larger(half_span - reach, crossing_gap(problem, lead)), half_span);
  seen.log10_loss = log10_mean_loss(relu(network.z11) - relu(network.z21), relu(network.z22) - relu(network.z12));
  seen.pattern = activation_pattern(network);
  seen.classified = zero_unless(classified, V(1.0));
  return seen;
}

/// x_star, where the two neurons agree: (b2 - b1)/(w1 - w2). Infinite or NaN for parallel neurons; +0, never -0.
LOGMARGIN_HOST_DEVICE double crossing(const Problem& problem, const Network<double>& network) {
  const double x1 = problem.positive_position;
  const double x2 = problem.negative_position;
  const Leads<double> lead = leads(network);
  // Symmetric about the midpoint: exact where the leads agree.
  return (x1 + x2) / 2.0 + (x2 - x1) / 2.0 * ((lead.first - lead.second) / (lead.first + lead.second)) + 0.0;
}

}  // namespace logmargin
