#pragma once

#include "logmargin/optimizers/optimizer.hpp"

namespace logmargin {

/// u <- beta u - eta grad L, theta <- theta + u, from u = 0 (B. T. Polyak, 1964).
struct HeavyBall {
  static constexpr OptimizerFacts facts = {"heavy-ball",
                                           "BETA",
                                           "momentum BETA",
                                           ExpectedLaw::inverse_log,
                                           1.0,
                                           "as gradient descent, with the delta that it ends with",
                                           true,
                                           false};

  template <class V>
  using Memory = NetworkMemory<V>;  ///< the velocity

  template <class V>
  LOGMARGIN_HOST_DEVICE static Memory<V> start(const Setting<V>&, const Network<V>&) {
    return {zero_network<V>()};
  }

  template <class OfLoss, class V>
  LOGMARGIN_HOST_DEVICE static void step(const Setting<V>& setting, double, Network<V>& network, Memory<V>& velocity) {
    velocity.network = moved(setting.rates, pulls<OfLoss>(network), setting.parameter * velocity.network);
    network = network + velocity.network;
  }
};

}  // namespace logmargin
