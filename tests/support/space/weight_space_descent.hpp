#pragma once

#include <array>
#include <cmath>

namespace logmargin::testing {

/// Gradient descent from the definition of network and loss, in (w, b) and long double.
///
/// N(x) = relu(w_1 x + b_1) - relu(w_2 x + b_2), loss (1/2) sum_i exp(-y_i N(x_i)), relu'(0) = 0. It shares no code
/// with the product, and no formula: the product steps pre-activations.
struct WeightSpaceDescent {
  std::array<long double, 2> x;  ///< points; labels +1 and -1
  long double step_size;
  std::array<long double, 2> w, b;

  static constexpr std::array<long double, 2> label = {1.0L, -1.0L};
  static constexpr std::array<long double, 2> output_weight = {1.0L, -1.0L};

  long double pre_activation(std::size_t neuron, long double at) const { return w[neuron] * at + b[neuron]; }

  long double output(long double at) const {
    long double sum = 0.0L;
    for (std::size_t j = 0; j < 2; ++j) {
      const long double z = pre_activation(j, at);
      if (z > 0.0L) sum += output_weight[j] * z;
    }
    return sum;
  }

  void step() {
    std::array<long double, 2> slope_w{};
    std::array<long double, 2> slope_b{};
    for (std::size_t i = 0; i < 2; ++i) {
      const long double loss_slope = -0.5L * label[i] * std::exp(-label[i] * output(x[i]));
      for (std::size_t j = 0; j < 2; ++j) {
        if (!(pre_activation(j, x[i]) > 0.0L)) continue;
        slope_w[j] += loss_slope * output_weight[j] * x[i];
        slope_b[j] += loss_slope * output_weight[j];
      }
    }
    for (std::size_t j = 0; j < 2; ++j) {
      w[j] -= step_size * slope_w[j];
      b[j] -= step_size * slope_b[j];
    }
  }

  /// Distance from point i to the nearest place whose output does not have its label's sign, up to farthest; by
  /// walking outwards and then halving the interval in which the sign is lost.
  long double distance_to_misclassified(std::size_t i, long double farthest) const {
    constexpr int strides = 4000;
    const auto lost = [&](long double at) { return !(label[i] * output(at) > 0.0L); };
    if (lost(x[i])) return 0.0L;
    for (int stride = 1; stride <= strides; ++stride) {
      long double nearest = 2.0L * farthest;
      for (const long double direction : {1.0L, -1.0L}) {
        long double kept = farthest * static_cast<long double>(stride - 1) / strides;
        long double gone = farthest * static_cast<long double>(stride) / strides;
        if (!lost(x[i] + direction * gone)) continue;
        for (int halving = 0; halving < 64; ++halving) {
          const long double middle = (kept + gone) / 2.0L;
          (lost(x[i] + direction * middle) ? gone : kept) = middle;
        }
        nearest = std::fmin(nearest, gone);
      }
      if (nearest <= farthest) return nearest;
    }
    return farthest;
  }
};

}  // namespace logmargin::testing
