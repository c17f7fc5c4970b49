#pragma once

#include "logmargin/optimizers/optimizer.hpp"

namespace logmargin {

/// NormalisedDescent steps by theta <- theta - eta grad L/L, loss-normalised gradient descent (M. S. Nacson et al.,
/// AISTATS 2019). Margins grow linearly.
struct NormalisedDescent {
  static constexpr OptimizerFacts facts = {.name = "ngd",
                                           .summary = "gradient descent on ln L",
                                           .law = ExpectedLaw::inverse_power,
                                           .constant = "|delta|/(2 eta)",
                                           .source = "each step moves the pre-activations by eta, for eta < 2",
                                           .forgets_time = true,
                                           .may_rest = true};

  template <class V>
  using Memory = NoMemory<V>;

  template <class V>
  LOGMARGIN_HOST_DEVICE static Memory<V> start(const Setting<V>&, const Start<V>&) {
    return {};
  }

  template <class OfLoss, class V>
  LOGMARGIN_HOST_DEVICE static void step(const Setting<V>& setting, double, Network<V>& network, Memory<V>&) {
    network = apply_update(setting.rates, normalised_loss_gradient<OfLoss>(network), network);
  }
};

}  // namespace logmargin
