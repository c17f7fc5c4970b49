#pragma once

#include "logmargin/model/network.hpp"

namespace logmargin {

/// OrthogonalComponent is the part of a network in R^D, D > 1, that training never moves and that its pre-activations
/// do not show.
///
/// Let e be the direction of the line through the points, q f its foot from the origin (f of length 1). A gradient is a
/// sum of c_i (x_i, 1), which changes w_f by q times as much as the bias. So phi = w_f - q b stays, and so do the parts
/// of the weights perpendicular to e and f. Only the lengths and the angle of these parts matter, so they stand here in
/// two coordinates: that of w_1 is (rest_11, 0), that of w_2 is (rest_21, rest_22), the Cholesky factor of their Gram
/// matrix. Where q = 0 there is no f, and phi is 0.
template <class V>
struct OrthogonalComponent {
  V phi_1, phi_2;
  V rest_11, rest_21, rest_22;
};

template <class V, class Visit>
LOGMARGIN_HOST_DEVICE void for_each_column(OrthogonalComponent<V>& orthogonal, Visit&& visit) {
  visit(orthogonal.phi_1);
  visit(orthogonal.phi_2);
  visit(orthogonal.rest_11);
  visit(orthogonal.rest_21);
  visit(orthogonal.rest_22);
}

inline constexpr int orthogonal_columns = 5;  ///< that for_each_column visits

/// SpanWeights holds the weights' parts perpendicular to the line, times the distance of the points.
template <class V>
struct SpanWeights {
  V across_1, across_2;  ///< along f
  V rest_11, rest_21, rest_22;
};

/// Returns the weights' parts perpendicular to the line. The neuron's value at the line's foot,
/// B_j = q w_f + b = (x_1 z_j2 - x_2 z_j1)/span, gives back w_f = (phi + q B)/(1 + q^2).
template <class V>
LOGMARGIN_HOST_DEVICE SpanWeights<V> span_weights(const Problem& problem, const Network<V>& network,
                                                  const OrthogonalComponent<V>& orthogonal) {
  using L = lane<V>;
  const double span = problem.optimal_margin + problem.optimal_margin;
  const double stretch = 1.0 + problem.offset * problem.offset;
  const double sign = problem.positive_position < problem.negative_position ? -1.0 : 1.0;
  const V of_phi(span / stretch);
  const V of_second(sign * (problem.offset / stretch * problem.positive_position));
  const V of_first(-sign * (problem.offset / stretch * problem.negative_position));
  const V rest(span);
  return {L::fma(of_phi, orthogonal.phi_1, L::fma(of_second, network.z12, of_first * network.z11)),
          L::fma(of_phi, orthogonal.phi_2, L::fma(of_second, network.z22, of_first * network.z21)),
          rest * orthogonal.rest_11, rest * orthogonal.rest_21, rest * orthogonal.rest_22};
}

/// Returns what |theta|^2, of both neurons together, has beside what their pre-activations show: w_f^2 + b^2 is
/// (B^2 + phi^2)/(1 + q^2).
template <class V>
LOGMARGIN_HOST_DEVICE V squared_size(const Problem& problem, const OrthogonalComponent<V>& orthogonal) {
  using L = lane<V>;
  const V of_phi = L::fma(orthogonal.phi_1, orthogonal.phi_1, orthogonal.phi_2 * orthogonal.phi_2);
  const V of_rest = L::fma(orthogonal.rest_11, orthogonal.rest_11,
                           L::fma(orthogonal.rest_21, orthogonal.rest_21, orthogonal.rest_22 * orthogonal.rest_22));
  return L::fma(of_phi, V(1.0 / (1.0 + problem.offset * problem.offset)), of_rest);
}

template <class V>
LOGMARGIN_HOST_DEVICE OrthogonalComponent<V> operator*(V factor, const OrthogonalComponent<V>& orthogonal) {
  return {factor * orthogonal.phi_1, factor * orthogonal.phi_2, factor * orthogonal.rest_11,
          factor * orthogonal.rest_21, factor * orthogonal.rest_22};
}

/// ScaledLength holds the length scale * |parts|, and scale, a power of two that makes the largest part lie between 1
/// and 2; see inverse_power_of_two for parts that are all tiny.
template <class V>
struct ScaledLength {
  V scale, length;
  V size;  ///< sum of the parts' sizes, unscaled
};

/// Returns 2^-k for a normal x with 2^k <= |x| < 2^(k+1), k < 1023; it is 2^1023 for smaller ones.
template <class V>
LOGMARGIN_HOST_DEVICE V inverse_power_of_two(V x) {
  using bits = typename lane<V>::bits;
  return lane<V>::from_bits(bits(2046ULL << 52) - (lane<V>::to_bits(x) & bits(0x7ff0000000000000ULL)));
}

template <class V>
LOGMARGIN_HOST_DEVICE ScaledLength<V> scaled_length(const V (&parts)[4]) {
  using L = lane<V>;
  V largest = absolute(parts[0]);
  V size = largest;
  for (int i = 1; i < 4; ++i) {
    largest = larger(largest, absolute(parts[i]));
    size = size + absolute(parts[i]);
  }
  const V scale = inverse_power_of_two(largest);
  V squares = (scale * parts[0]) * (scale * parts[0]);
  for (int i = 1; i < 4; ++i) squares = L::fma(scale * parts[i], scale * parts[i], squares);
  return {scale, L::sqrt(squares), size};
}

}  // namespace logmargin
