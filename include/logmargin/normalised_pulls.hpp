#pragma once

#include "logmargin/gradient_step.hpp"

namespace logmargin {

/// Below this a margin's loss would leave the range of double: what is larger still grows no more.
inline constexpr double least_margin_told_apart = -700.0;

/// Both points' parts of the gradient of ln L: the weights rho_i over the mean loss. From the margins' difference, so
/// that no loss is ever too small: for the exponential loss they are twice the softmax of -m_i.
template <class OfLoss, class V>
LOGMARGIN_HOST_DEVICE NetworkPull<V> normalised_pulls(const Network<V>& network) {
  using L = lane<V>;
  const auto fires11 = positive(network.z11);
  const auto fires12 = positive(network.z12);
  const auto fires21 = positive(network.z21);
  const auto fires22 = positive(network.z22);
  const V first_margin = zero_unless(fires11, network.z11) - zero_unless(fires21, network.z21);
  const V second_margin = zero_unless(fires22, network.z22) - zero_unless(fires12, network.z12);
  const auto first_less = first_margin < second_margin;
  // Of the loss of the smaller margin the other's is this part.
  const V part = exponential(-absolute(first_margin - second_margin));
  const V least = L::select(first_less, first_margin, second_margin);
  const V u = exponential(-larger(V(least_margin_told_apart), least));
  const V u_other = u * part;
  const V twice_over_loss = V(2.0) / L::fma(part, OfLoss::relative_loss(u_other), OfLoss::relative_loss(u));
  const V of_least = OfLoss::relative_weight(u) * twice_over_loss;
  const V of_other = OfLoss::relative_weight(u_other) * part * twice_over_loss;
  const V first = L::select(first_less, of_least, of_other);
  const V second = L::select(first_less, of_other, of_least);
  return {{zero_unless(fires11, first), zero_unless(fires21, first)},
          {zero_unless(fires22, second), zero_unless(fires12, second)}};
}

}  // namespace logmargin
