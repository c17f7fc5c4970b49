#pragma once

#include "logmargin/optimizers/optimizer.hpp"

namespace logmargin {

/// GradientDescent steps by theta <- theta - eta grad L.
struct GradientDescent {
  static constexpr OptimizerFacts facts = {.name = "gd",
                                           .summary = "gradient descent",
                                           .law = ExpectedLaw::inverse_log,
                                           .growth = 1.0,
                                           .constant = "|delta|/2",
                                           .source = "arXiv:2603.02095",
                                           .forgets_time = true};

  template <class V>
  using Memory = NoMemory<V>;

  template <class V>
  LOGMARGIN_HOST_DEVICE static Memory<V> start(const Setting<V>&, const Start<V>&) {
    return {};
  }

  template <class OfLoss, class V>
  LOGMARGIN_HOST_DEVICE static void step(const Setting<V>& setting, double, Network<V>& network, Memory<V>&) {
    network = apply_update(setting.rates, loss_gradient<OfLoss>(network), network);
  }
};

}  // namespace logmargin
