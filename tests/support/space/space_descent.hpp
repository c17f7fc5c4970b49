#pragma once

#include <array>
#include <cmath>
#include <vector>

namespace logmargin::testing {

/// Gradient descent in R^D from the definition of network and loss, in whole weights and long double.
///
/// N(x) = relu(w_1 x + b_1) - relu(w_2 x + b_2), loss (1/2) sum_i exp(-y_i N(x_i)), relu'(0) = 0. It shares no code
/// with the product, which keeps pre-activations and five numbers that no step changes.
struct SpaceDescent {
  using Vector = std::vector<long double>;

  std::array<Vector, 2> x;  ///< points; labels +1 and -1
  long double step_size;
  std::array<Vector, 2> w;
  std::array<long double, 2> b;

  static constexpr std::array<long double, 2> label = {1.0L, -1.0L};
  static constexpr std::array<long double, 2> output_weight = {1.0L, -1.0L};

  static long double dot(const Vector& a, const Vector& c) {
    long double sum = 0.0L;
    for (std::size_t k = 0; k < a.size(); ++k) sum += a[k] * c[k];
    return sum;
  }

  long double pre_activation(std::size_t neuron, const Vector& at) const { return dot(w[neuron], at) + b[neuron]; }

  long double output(const Vector& at) const {
    long double sum = 0.0L;
    for (std::size_t j = 0; j < 2; ++j) {
      const long double z = pre_activation(j, at);
      if (z > 0.0L) sum += output_weight[j] * z;
    }
    return sum;
  }

  void step() {
    std::array<Vector, 2> slope_w = {Vector(x[0].size()), Vector(x[0].size())};
    std::array<long double, 2> slope_b{};
    for (std::size_t i = 0; i < 2; ++i) {
      const long double loss_slope = -0.5L * label[i] * std::exp(-label[i] * output(x[i]));
      for (std::size_t j = 0; j < 2; ++j) {
        if (!(pre_activation(j, x[i]) > 0.0L)) continue;
        for (std::size_t k = 0; k < x[i].size(); ++k) slope_w[j][k] += loss_slope * output_weight[j] * x[i][k];
        slope_b[j] += loss_slope * output_weight[j];
      }
    }
    for (std::size_t j = 0; j < 2; ++j) {
      for (std::size_t k = 0; k < w[j].size(); ++k) w[j][k] -= step_size * slope_w[j][k];
      b[j] -= step_size * slope_b[j];
    }
  }

  /// Distance from the nearer point to the nearest place whose output does not have its label's sign; 0 where a point
  /// itself is misclassified. {N > 0} is where neuron 1 fires and exceeds neuron 2, two half-spaces.
  long double margin() const {
    Vector apart = w[0];
    for (std::size_t k = 0; k < apart.size(); ++k) apart[k] -= w[1][k];
    long double least = HUGE_VALL;
    for (std::size_t i = 0; i < 2; ++i) {
      const long double own = pre_activation(i, x[i]);
      const long double lead = own - pre_activation(1 - i, x[i]);
      if (!(own > 0.0L) || !(lead > 0.0L)) return 0.0L;
      least = std::fmin(least, std::fmin(own / std::sqrt(dot(w[i], w[i])), lead / std::sqrt(dot(apart, apart))));
    }
    return least;
  }

  /// Half the distance of the points.
  long double best_margin() const {
    Vector apart = x[0];
    for (std::size_t k = 0; k < apart.size(); ++k) apart[k] -= x[1][k];
    return std::sqrt(dot(apart, apart)) / 2.0L;
  }
};

}  // namespace logmargin::testing
