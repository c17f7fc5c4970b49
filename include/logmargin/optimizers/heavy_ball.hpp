#pragma once

#include "logmargin/optimizers/optimizer.hpp"

namespace logmargin {

/// HeavyBall steps by u <- beta u - eta grad L, theta <- theta + u, from u = 0 (B. T. Polyak, 1964).
struct HeavyBall {
  static constexpr OptimizerFacts facts = {.name = "heavy-ball",
                                           .parameter = "BETA",
                                           .summary = "momentum BETA",
                                           .law = ExpectedLaw::inverse_log,
                                           .growth = 1.0,
                                           .constant = "|delta|/2",
                                           .source = "late on its step is gradient descent's times 1/(1 - BETA)",
                                           .forgets_time = true};

  template <class V>
  using Memory = NetworkMemory<V>;  ///< the velocity

  template <class V>
  LOGMARGIN_HOST_DEVICE static Memory<V> start(const Setting<V>&, const Start<V>&) {
    return {zero_network<V>()};
  }

  template <class OfLoss, class V>
  LOGMARGIN_HOST_DEVICE static void step(const Setting<V>& setting, double, Network<V>& network, Memory<V>& velocity) {
    const Network<V> kept = setting.parameter * velocity.network;
    const Network<V> carried = {coasting(kept.z11), coasting(kept.z12), coasting(kept.z21), coasting(kept.z22)};
    velocity.network = apply_update(setting.rates, loss_gradient<OfLoss>(network), carried);
    network = network + velocity.network;
  }

 private:
  /// Returns the velocity, or 0 for one that moves no number any more: it would end as a subnormal, which processors
  /// are slow at.
  template <class V>
  LOGMARGIN_HOST_DEVICE static V coasting(V velocity) {
    return zero_unless(absolute(velocity) > V(1e-290), velocity);
  }
};

}  // namespace logmargin
