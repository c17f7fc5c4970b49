#pragma once

#include "logmargin/model/gradient_step.hpp"

namespace logmargin {

/// Returns both points' parts of the gradient of ln L: the weights rho_i over the mean loss. They are computed from the
/// margins' difference, so that no loss is ever too small. For the exponential loss they are twice the softmax of -m_i.
template <class OfLoss, class V>
LOGMARGIN_HOST_DEVICE LossGradient<V> normalised_loss_gradient(const Network<V>& network) {
  using L = lane<V>;
  const auto fires11 = positive(network.z11);
  const auto fires12 = positive(network.z12);
  const auto fires21 = positive(network.z21);
  const auto fires22 = positive(network.z22);
  const V first_margin = zero_unless(fires11, network.z11) - zero_unless(fires21, network.z21);
  const V second_margin = zero_unless(fires22, network.z22) - zero_unless(fires12, network.z12);
  const auto first_less = first_margin < second_margin;
  const auto shares = OfLoss::shares(smaller(second_margin, first_margin), larger(first_margin, second_margin));
  const V first = L::select(first_less, shares.least, shares.other);
  const V second = L::select(first_less, shares.other, shares.least);
  return {{zero_unless(fires11, first), zero_unless(fires21, first)},
          {zero_unless(fires22, second), zero_unless(fires12, second)}};
}

}  // namespace logmargin
