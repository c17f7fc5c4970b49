#pragma once

#include <limits>

#include "logmargin/model/loss.hpp"
#include "logmargin/model/orthogonal_component.hpp"

namespace logmargin {

/// Observation holds what one network shows at one t.
template <class V>
struct Observation {
  V margin;      ///< distance from the points to the nearest point classified otherwise; 0 if one is misclassified
  V gap;         ///< gamma_star - margin, computed without that subtraction's cancellation
  V log10_loss;  ///< of the mean loss; finite where exp(-margin) underflows
  V pattern;     ///< activation_pattern
  V classified;  ///< 1 where both points are strictly correctly classified, else 0; 0 too where margins overflow
};

/// Returns an observation as people are told of it: margin and gap are NaN unless both points are classified correctly.
LOGMARGIN_HOST_DEVICE Observation<double> as_told(Observation<double> seen) {
  constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
  if (seen.classified == 0.0) seen.margin = seen.gap = undefined;
  return seen;
}

/// Returns log10 of the mean loss under the problem's loss, from the two margins.
template <class V>
LOGMARGIN_HOST_DEVICE V log10_mean_loss(const Problem& problem, V first_margin, V second_margin) {
  return problem.method.loss == Loss::logistic ? log10_mean_logistic_loss(first_margin, second_margin)
                                               : log10_mean_exponential_loss(first_margin, second_margin);
}

/// OutputMargins holds how far each neuron leads the other at the point where it should: p_correct - p_wrong.
template <class V>
struct OutputMargins {
  V first;   ///< at point 1
  V second;  ///< at point 2
};

/// Returns how far each neuron's pre-activation leads the other's, whether they are positive or not.
template <class V>
LOGMARGIN_HOST_DEVICE OutputMargins<V> output_margins(const Network<V>& network) {
  return {network.z11 - network.z21, network.z22 - network.z12};
}

/// Ramp is a function on the line that is zero at a distance of span height/slope from a point. It is given by its
/// value at the point, and by how much it falls, or rises, over the distance of the two points.
template <class V>
struct Ramp {
  V height;  ///< the value at the point
  V slope;   ///< of the value over the distance; >= 0
};

/// A fall of this size or more is out of inverse_power_of_two's range.
inline constexpr double least_excessive_fall = 0x1p1023;

/// Returns the same ramp with a fall between 1 and 2; a fall of 0 stays 0, and a subnormal one is made larger. It is
/// scaled by a power of two, which changes no bit of a quotient and keeps what follows in the range of double.
template <class V>
LOGMARGIN_HOST_DEVICE Ramp<V> rescaled(const Ramp<V>& ramp) {
  const V scale = inverse_power_of_two(ramp.slope);
  return {scale * ramp.height, scale * ramp.slope};
}

/// Returns whether a is zero no farther from its point than b from its own. It compares products, since a division
/// would decide nothing else. Precondition: both are rescaled.
template <class V>
LOGMARGIN_HOST_DEVICE auto no_farther(const Ramp<V>& a, const Ramp<V>& b) {
  return a.height * b.slope <= b.height * a.slope;
}

/// NeuronRamps holds the two neurons, each seen from the point where it should fire.
template <class V>
struct NeuronRamps {
  Ramp<V> first;   ///< from the label +1 point
  Ramp<V> second;  ///< from the label -1 point
};

/// Returns the ramps of a network's neurons.
template <class V>
LOGMARGIN_HOST_DEVICE NeuronRamps<V> neuron_ramps(const Network<V>& network) {
  return {{network.z11, absolute(network.z11 - network.z12)}, {network.z22, absolute(network.z22 - network.z21)}};
}

/// Returns the ramp of the neuron that is zero nearer to its point, rescaled.
template <class V>
LOGMARGIN_HOST_DEVICE Ramp<V> nearer_neuron(const NeuronRamps<V>& neurons) {
  const Ramp<V> first = rescaled(neurons.first);
  const Ramp<V> second = rescaled(neurons.second);
  const auto first_nearer = no_farther(first, second);
  return {lane<V>::select(first_nearer, first.height, second.height),
          lane<V>::select(first_nearer, first.slope, second.slope)};
}

/// Returns the distance from each point to where its own neuron is zero, the smaller of the two. It is +infinity, by
/// IEEE division, for neurons that are the same everywhere.
template <class V>
LOGMARGIN_HOST_DEVICE V neuron_reach(const Problem& problem, const Network<V>& network) {
  const Ramp<V> neuron = nearer_neuron(neuron_ramps(network));
  return (V(problem.optimal_margin) + V(problem.optimal_margin)) * neuron.height / neuron.slope;
}

/// Returns the distance of the boundary p1 = p2 from the midpoint of the points.
template <class V>
LOGMARGIN_HOST_DEVICE V crossing_gap(const Problem& problem, const OutputMargins<V>& lead) {
  return V(problem.optimal_margin) * absolute(lead.first - lead.second) / absolute(lead.first + lead.second);
}

/// GradientNorms holds how steeply a network falls off around its points; its margins are measured by this.
template <class V>
struct GradientNorms {
  V size;                  ///< no smaller than any fall below
  V crossing_scale;        ///< a power of two
  V crossing_fall;         ///< of p_1 - p_2, times that
  V excess;                ///< of crossing_fall over the sum of the leads, times that: 0 on the line
  NeuronRamps<V> neurons;  ///< each at a scale of its own
};

/// Returns the steepness of a network on the line.
template <class V>
LOGMARGIN_HOST_DEVICE GradientNorms<V> steepness(const Network<V>& network, const OutputMargins<V>& lead) {
  const V fall = lead.first + lead.second;
  const NeuronRamps<V> neurons = neuron_ramps(network);
  const V scale = inverse_power_of_two(fall);
  return {fall + (neurons.first.slope + neurons.second.slope), scale, scale * fall, V(0.0), neurons};
}

/// Returns the steepness of a network in space, from the vectors that the orthogonal components make longer.
template <class V>
LOGMARGIN_HOST_DEVICE GradientNorms<V> steepness(const SpanWeights<V>& weights, const Network<V>& network,
                                                 const OutputMargins<V>& lead) {
  const V sum = lead.first + lead.second;
  const V apart[3] = {weights.across_1 - weights.across_2, weights.rest_11 - weights.rest_21, weights.rest_22};
  const ScaledLength<V> crossing = scaled_length({sum, apart[0], apart[1], apart[2]});
  const ScaledLength<V> first = scaled_length({network.z11 - network.z12, weights.across_1, weights.rest_11, V(0.0)});
  const ScaledLength<V> second =
      scaled_length({network.z22 - network.z21, weights.across_2, weights.rest_21, weights.rest_22});
  V squares(0.0);
  for (const V& part : apart) squares = lane<V>::fma(crossing.scale * part, crossing.scale * part, squares);
  return {crossing.size + (first.size + second.size),
          crossing.scale,
          crossing.length,
          squares / (crossing.length + crossing.scale * sum),
          {{first.scale * network.z11, first.length}, {second.scale * network.z22, second.length}}};
}

/// Returns what a network of either kind shows. InSpace: whether the steepness is that of a network in space.
template <bool InSpace, class V>
LOGMARGIN_HOST_DEVICE Observation<V> observe_by(const Problem& problem, const Network<V>& network,
                                                const OutputMargins<V>& lead, const GradientNorms<V>& steep) {
  using L = lane<V>;
  const V zero(0.0);
  const V half_span(problem.optimal_margin);
  // A network that is too large for its falls has no margin. Networks that are infinite are among these.
  const auto classified = network.z11 > zero && lead.first > zero && network.z22 > zero && lead.second > zero &&
                          steep.size < V(least_excessive_fall);
  // What follows holds for the classified: both leads are positive.
  const Ramp<V> crossing = {steep.crossing_scale * smaller(lead.first, lead.second), steep.crossing_fall};
  const Ramp<V> neuron = nearer_neuron(steep.neurons);
  const auto crossing_rules = no_farther(crossing, neuron);
  const V height = L::select(crossing_rules, crossing.height, neuron.height);
  const V fall = L::select(crossing_rules, crossing.slope, neuron.slope);
  const V inverse = V(1.0) / fall;
  const V margin = quotient((half_span + half_span) * height, fall, inverse);
  V shortfall = steep.crossing_scale * absolute(lead.first - lead.second);
  if constexpr (InSpace) shortfall = shortfall + steep.excess;
  V gap_of_crossing = quotient(half_span * shortfall, fall, inverse);
  if constexpr (InSpace) gap_of_crossing = smaller(gap_of_crossing, half_span);  // that of a margin near 0 is rounded
  const V gap = L::select(crossing_rules, gap_of_crossing, larger(half_span - margin, zero));

  Observation<V> seen;
  seen.margin = zero_unless(classified, margin);
  seen.gap = L::select(classified, gap, half_span);
  seen.log10_loss =
      log10_mean_loss(problem, relu(network.z11) - relu(network.z21), relu(network.z22) - relu(network.z12));
  seen.pattern = activation_pattern<V>(network);
  seen.classified = zero_unless(classified, V(1.0));
  return seen;
}

/// Returns what a network shows for points on the line. Its margins come from the pre-activations alone
/// (arXiv:2603.02095; {N > 0} = {p1 > 0} and {p1 > p2}, {N < 0} = {p2 > 0} and {p2 > p1}): the boundary p1 = p2 lies
/// span lead_i/|lead_1 + lead_2| from x_i.
template <class V>
LOGMARGIN_HOST_DEVICE Observation<V> observe(const Problem& problem, const Network<V>& network) {
  const OutputMargins<V> lead = output_margins(network);
  return observe_by<false>(problem, network, lead, steepness(network, lead));
}

/// Returns what a network shows in R^D. Its margins come from the norms of the whole weights: the boundary p1 = p2 lies
/// span lead_i/F from x_i, where F = span |w_1 - w_2|, and the gap that it leaves is
/// gamma_star (F - lead_1 - lead_2 + |lead_1 - lead_2|)/F.
template <class V>
LOGMARGIN_HOST_DEVICE Observation<V> observe(const Problem& problem, const Network<V>& network,
                                             const OrthogonalComponent<V>& orthogonal) {
  const OutputMargins<V> lead = output_margins(network);
  return observe_by<true>(problem, network, lead, steepness(span_weights(problem, network, orthogonal), network, lead));
}

/// Returns x_star = (b2 - b1)/(w1 - w2), where the two neurons agree. It is infinite or NaN for parallel neurons, and
/// +0, never -0, where it is zero.
LOGMARGIN_HOST_DEVICE double crossing(const Problem& problem, const Network<double>& network) {
  const double x1 = problem.positive_position;
  const double x2 = problem.negative_position;
  const OutputMargins<double> lead = output_margins(network);
  // Symmetric about the midpoint: exact where the leads agree.
  return (x1 + x2) / 2.0 + (x2 - x1) / 2.0 * ((lead.first - lead.second) / (lead.first + lead.second)) + 0.0;
}

}  // namespace logmargin
