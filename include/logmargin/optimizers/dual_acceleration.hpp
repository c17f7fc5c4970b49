#pragma once

#include "logmargin/optimizers/optimizer.hpp"

namespace logmargin {

/// DualAcceleration steps by g <- t/(t + 1) (g + grad ln L), theta <- theta - eta (g + grad ln L), from g = 0 (Z. Ji,
/// N. Srebro, M. Telgarsky, ICML 2021: the gap of a linear model falls nearly like 1/t^2).
struct DualAcceleration {
  static constexpr OptimizerFacts facts = {.name = "dual",
                                           .summary = "dual acceleration",
                                           .source = "linear models: 1/t^2 up to logarithms, arXiv:2107.00595",
                                           .may_rest = true};

  template <class V>
  using Memory = NetworkMemory<V>;  ///< -eta g

  template <class V>
  LOGMARGIN_HOST_DEVICE static Memory<V> start(const Setting<V>&, const Start<V>&) {
    return {zero_network<V>()};
  }

  template <class OfLoss, class V>
  LOGMARGIN_HOST_DEVICE static void step(const Setting<V>& setting, double t, Network<V>& network, Memory<V>& sum) {
    const Network<V> push = apply_update(setting.rates, normalised_loss_gradient<OfLoss>(network), zero_network<V>());
    sum.network = V(t / (t + 1.0)) * (sum.network + push);
    network = network + (sum.network + push);
  }
};

}  // namespace logmargin
