#pragma once

#include <cmath>

#include "logmargin/optimizers/optimizer.hpp"

namespace logmargin {

/// ProgressiveRescaling is loss-normalised descent inside a ball: every fifth step the ball grows by a fifth, and theta
/// is put onto its sphere (M. Wang, Z. Min, L. Wu, ICML 2024: the margin of a linear model goes to its limit
/// exponentially). The first ball is that of theta(0); the ball stops growing at 2^30 times its size, before steps
/// drown in rounding.
struct ProgressiveRescaling {
  static constexpr OptimizerFacts facts = {.name = "prgd",
                                           .summary = "progressive rescaling",
                                           .source = "linear models: exponentially fast, arXiv:2311.14387",
                                           .may_rest = true,
                                           .orthogonal_scale_column = 3};
  static constexpr double steps_between_rescalings = 5.0;
  static constexpr double growth_of_radius = 1.2;
  static constexpr double most_growth = 0x1p30;

  template <class V>
  struct Memory {
    V radius, largest_radius;
    V orthogonal_square,
        orthogonal_scale;  ///< of what rescaling alone moves, as it was at the start, and its factor since
  };

  template <class V>
  LOGMARGIN_HOST_DEVICE static Memory<V> start(const Setting<V>& setting, const Start<V>& initial) {
    const V radius = norm(setting, initial.network, initial.orthogonal_square);
    return {radius, radius * V(most_growth), initial.orthogonal_square, V(1.0)};
  }

  LOGMARGIN_HOST_DEVICE static bool prepares(double t) {
    return t > 0.0 && t == steps_between_rescalings * std::floor(t / steps_between_rescalings);
  }

  template <class V>
  LOGMARGIN_HOST_DEVICE static void prepare(const Setting<V>& setting, Network<V>& network, Memory<V>& ball) {
    ball.radius = smaller(ball.radius * V(growth_of_radius), ball.largest_radius);
    const V size = norm(setting, network, orthogonal_square(ball));
    rescale(lane<V>::select(size > V(0.0), ball.radius / size, V(1.0)), network, ball);
  }

  template <class OfLoss, class V>
  LOGMARGIN_HOST_DEVICE static void step(const Setting<V>& setting, double, Network<V>& network, Memory<V>& ball) {
    using L = lane<V>;
    network = apply_update(setting.rates, normalised_loss_gradient<OfLoss>(network), network);
    const V size = norm(setting, network, orthogonal_square(ball));
    rescale(L::select(size > ball.radius, ball.radius / size, V(1.0)), network, ball);
  }

 private:
  template <class V>
  LOGMARGIN_HOST_DEVICE static void rescale(V factor, Network<V>& network, Memory<V>& ball) {
    network = factor * network;
    ball.orthogonal_scale = factor * ball.orthogonal_scale;
  }

  template <class V>
  LOGMARGIN_HOST_DEVICE static V orthogonal_square(const Memory<V>& ball) {
    return ball.orthogonal_square * (ball.orthogonal_scale * ball.orthogonal_scale);
  }

  /// Returns the norm of theta: what w and b have along the line and at its foot, and the rest. w_f^2 + b^2 = (B^2 +
  /// phi^2)/(1 + q^2).
  template <class V>
  LOGMARGIN_HOST_DEVICE static V norm(const Setting<V>& setting, const Network<V>& network, V orthogonal_square) {
    using L = lane<V>;
    const V w1 = (network.z11 - network.z12) * setting.inverse_span;
    const V w2 = (network.z21 - network.z22) * setting.inverse_span;
    const V b1 = L::fma(-w1, setting.first_position, network.z11);
    const V b2 = L::fma(-w2, setting.second_position, network.z22);
    const V of_biases = L::fma(b1, b1, b2 * b2) * setting.inverse_stretch;
    return L::sqrt(L::fma(w1, w1, L::fma(w2, w2, of_biases + orthogonal_square)));
  }
};

template <class V, class Visit>
LOGMARGIN_HOST_DEVICE void for_each_column(ProgressiveRescaling::Memory<V>& ball, Visit&& visit) {
  visit(ball.radius);
  visit(ball.largest_radius);
  visit(ball.orthogonal_square);
  visit(ball.orthogonal_scale);
}

}  // namespace logmargin
