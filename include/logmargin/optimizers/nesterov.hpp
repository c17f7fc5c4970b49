#pragma once

#include "logmargin/optimizers/optimizer.hpp"

namespace logmargin {

/// Nesterov steps by phi = theta_t + t/(t + 3) (theta_t - theta_(t-1)), theta_(t+1) = phi - eta grad L(phi), from
/// theta_(-1) = theta_0 (Y. Nesterov, 1983).
struct Nesterov {
  static constexpr OptimizerFacts facts = {.name = "nesterov",
                                           .summary = "accelerated descent, momentum t/(t+3)",
                                           .law = ExpectedLaw::inverse_log,
                                           .growth = 2.0,
                                           .constant = "|delta|/4",
                                           .source = "pre-activations go like 2 ln t",
                                           .forgets_time = true};

  template <class V>
  using Memory = NetworkMemory<V>;  ///< the last step, theta_t - theta_(t-1): that difference itself would cancel

  template <class V>
  LOGMARGIN_HOST_DEVICE static Memory<V> start(const Setting<V>&, const Start<V>&) {
    return {zero_network<V>()};
  }

  template <class OfLoss, class V>
  LOGMARGIN_HOST_DEVICE static void step(const Setting<V>& setting, double t, Network<V>& network, Memory<V>& last) {
    const Network<V> carried = V(t / (t + 3.0)) * last.network;
    last.network = apply_update(setting.rates, loss_gradient<OfLoss>(network + carried), carried);
    network = network + last.network;
  }
};

}  // namespace logmargin
