#pragma once

#include <cmath>

#include "logmargin/optimizers/optimizer.hpp"

namespace logmargin {

/// Loss-normalised descent inside a ball: every fifth step the ball grows by a fifth, and theta is put onto its sphere
/// (M. Wang, Z. Min, L. Wu, ICML 2024: the margin of a linear model goes to its limit exponentially). The first ball is
/// that of theta(0); the ball stops growing at 2^30 times its size, before steps drown in rounding.
struct ProgressiveRescaling {
  static constexpr OptimizerFacts facts = {.name = "prgd",
                                           .summary = "progressive rescaling",
                                           .source = "linear models: exponentially fast, arXiv:2311.14387",
                                           .may_rest = true};
  static constexpr double steps_between_rescalings = 5.0;
  static constexpr double growth_of_radius = 1.2;
  static constexpr double most_growth = 0x1p30;

  template <class V>
  struct Memory {
    V radius, largest_radius;
  };

  template <class V>
  LOGMARGIN_HOST_DEVICE static Memory<V> start(const Setting<V>& setting, const Network<V>& initial) {
    const V radius = norm(setting, initial);
    return {radius, radius * V(most_growth)};
  }

  template <class OfLoss, class V>
  LOGMARGIN_HOST_DEVICE static void step(const Setting<V>& setting, double t, Network<V>& network, Memory<V>& ball) {
    using L = lane<V>;
    if (t > 0.0 && t == steps_between_rescalings * std::floor(t / steps_between_rescalings)) {
      ball.radius = smaller(ball.radius * V(growth_of_radius), ball.largest_radius);
      network = L::select(norm(setting, network) > V(0.0), ball.radius / norm(setting, network), V(1.0)) * network;
    }
    network = moved(setting.rates, normalised_pulls<OfLoss>(network), network);
    const V size = norm(setting, network);
    network = L::select(size > ball.radius, ball.radius / size, V(1.0)) * network;
  }

 private:
  /// Of theta = (w_1, b_1, w_2, b_2).
  template <class V>
  LOGMARGIN_HOST_DEVICE static V norm(const Setting<V>& setting, const Network<V>& network) {
    using L = lane<V>;
    const V w1 = (network.z11 - network.z12) * setting.inverse_span;
    const V w2 = (network.z21 - network.z22) * setting.inverse_span;
    const V b1 = L::fma(-w1, setting.first_position, network.z11);
    const V b2 = L::fma(-w2, setting.second_position, network.z22);
    return L::sqrt(L::fma(w1, w1, L::fma(b1, b1, L::fma(w2, w2, b2 * b2))));
  }
};

template <class V, class Visit>
LOGMARGIN_HOST_DEVICE void for_each_column(ProgressiveRescaling::Memory<V>& ball, Visit&& visit) {
  visit(ball.radius);
  visit(ball.largest_radius);
}

}  // namespace logmargin
