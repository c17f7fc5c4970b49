#pragma once

#include "logmargin/model/problem.hpp"
#include "logmargin/numerics/lane.hpp"

namespace logmargin {

/// Network is the state: the pre-activation z_ji = w_j x_i + b_j of each neuron j at each point i.
///
/// Neuron 1 (output weight +1) should fire at point 1, neuron 2 (output weight -1) at point 2. The pre-activations are
/// kept instead of the weights because an inactive one then stays as it is to the bit.
template <class V>
struct Network {
  V z11;  ///< neuron 1 at point 1: should fire
  V z12;  ///< neuron 1 at point 2: should not
  V z21;  ///< neuron 2 at point 1: should not
  V z22;  ///< neuron 2 at point 2: should fire
};

/// Calls visit on each column of the state, in the order in which states are stored and printed.
template <class V, class Visit>
LOGMARGIN_HOST_DEVICE void for_each_column(Network<V>& network, Visit&& visit) {
  visit(network.z11);
  visit(network.z12);
  visit(network.z21);
  visit(network.z22);
}

inline constexpr int network_columns = 4;  ///< that for_each_column visits

/// Returns whether two networks have equal numbers; +0 equals -0 here, and NaN equals nothing.
template <class Number>
LOGMARGIN_HOST_DEVICE bool same_numbers(const Network<Number>& a, const Network<Number>& b) {
  return a.z11 == b.z11 && a.z12 == b.z12 && a.z21 == b.z21 && a.z22 == b.z22;
}

/// Weights is theta = (w1, b1, w2, b2), the trained parameters for points on the line.
struct Weights {
  double w1;  ///< weight of neuron 1
  double b1;  ///< bias of neuron 1
  double w2;  ///< weight of neuron 2
  double b2;  ///< bias of neuron 2
};

/// Returns the pre-activations z_ji = w_j x_i + b_j, each rounded once.
LOGMARGIN_HOST_DEVICE Network<double> network_from_weights(const Problem& problem, const Weights& theta) {
  using L = lane<double>;
  return {L::fma(theta.w1, problem.positive_position, theta.b1), L::fma(theta.w1, problem.negative_position, theta.b1),
          L::fma(theta.w2, problem.positive_position, theta.b2), L::fma(theta.w2, problem.negative_position, theta.b2)};
}

/// Returns the line through (x_1, z_j1) and (x_2, z_j2), for each neuron j.
LOGMARGIN_HOST_DEVICE Weights weights_of(const Problem& problem, const Network<double>& network) {
  const double x1 = problem.positive_position;
  const double x2 = problem.negative_position;
  const double span = x1 - x2;
  return {(network.z11 - network.z12) / span, (x1 * network.z12 - x2 * network.z11) / span,
          (network.z21 - network.z22) / span, (x1 * network.z22 - x2 * network.z21) / span};
}

/// Returns the four bits z11 > 0 (1), z12 > 0 (2), z21 > 0 (4), z22 > 0 (8), as a Number: a lane type as wide as V, or
/// int.
template <class Number, class V>
LOGMARGIN_HOST_DEVICE Number activation_pattern(const Network<V>& network) {
  const V zero(0.0);
  return zero_unless(network.z11 > zero, Number(1)) + zero_unless(network.z12 > zero, Number(2)) +
         zero_unless(network.z21 > zero, Number(4)) + zero_unless(network.z22 > zero, Number(8));
}

}  // namespace logmargin
