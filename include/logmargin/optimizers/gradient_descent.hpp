#pragma once

#include "logmargin/optimizers/optimizer.hpp"

namespace logmargin {

/// theta <- theta - eta grad L.
struct GradientDescent {
  static constexpr OptimizerFacts facts = {
      "gd", "", "gradient descent", ExpectedLaw::inverse_log, 1.0, "arXiv:2603.02095", true, false};

  template <class V>
  using Memory = NoMemory<V>;

  template <class V>
  LOGMARGIN_HOST_DEVICE static Memory<V> start(const Setting<V>&, const Network<V>&) {
    return {};
  }

  template <class OfLoss, class V>
  LOGMARGIN_HOST_DEVICE static void step(const Setting<V>& setting, double, Network<V>& network, Memory<V>&) {
    network = moved(setting.rates, pulls<OfLoss>(network), network);
  }
};

}  // namespace logmargin
