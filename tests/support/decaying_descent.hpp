#pragma once

#include <cmath>

#include "logmargin/optimizers/optimizer.hpp"

namespace logmargin {

/// theta <- theta - eta/sqrt(t + 1) grad L.
struct DecayingDescent {
  static constexpr OptimizerFacts facts = {.name = "decaying",
                                           .summary = "gradient descent with steps eta/sqrt(t + 1)",
                                           .law = ExpectedLaw::inverse_log,
                                           .growth = 0.5,
                                           .constant = "|delta|",
                                           .source = "the steps' sum, the time of the flow, goes like sqrt(t)"};

  template <class V>
  using Memory = NoMemory<V>;

  template <class V>
  LOGMARGIN_HOST_DEVICE static Memory<V> start(const Setting<V>&, const Start<V>&) {
    return {};
  }

  template <class OfLoss, class V>
  LOGMARGIN_HOST_DEVICE static void step(const Setting<V>& setting, double t, Network<V>& network, Memory<V>&) {
    const Network<V> push = apply_update(setting.rates, loss_gradient<OfLoss>(network), zero_network<V>());
    network = network + V(1.0 / std::sqrt(t + 1.0)) * push;
  }
};

}  // namespace logmargin
