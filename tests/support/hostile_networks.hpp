#pragma once

#include <array>
#include <limits>
#include <vector>

#include "logmargin/model/network.hpp"
#include "tests/support/random_source.hpp"

namespace logmargin::testing {

/// Zeros, subnormals, the ends of the range, infinities and NaN among ordinary numbers.
inline double hostile_number(RandomSource& random) {
  using Limits = std::numeric_limits<double>;
  constexpr std::array<double, 20> odd = {0.0,
                                          -0.0,
                                          Limits::denorm_min(),
                                          1e-310,
                                          Limits::min(),
                                          1e-300,
                                          1e-150,
                                          1e-20,
                                          1.0,
                                          37.5,
                                          700.0,
                                          745.0,
                                          0x1p53,
                                          1e20,
                                          1e150,
                                          1e300,
                                          0x1p1023,
                                          Limits::max(),
                                          Limits::infinity(),
                                          Limits::quiet_NaN()};
  switch (random.below(4)) {
    case 0:
      return random.sign() * odd[random.below(odd.size())];
    case 1:
      return random.sign() * random.log_uniform(-1074.0, 1024.0);
    default:
      return random.sign() * random.log_uniform(-8.0, 6.0);
  }
}

/// One theta in four has two neurons that are nearly the same: large activations with a small output.
inline Weights hostile_weights(RandomSource& random) {
  const double w = hostile_number(random);
  const double b = hostile_number(random);
  if (random.below(4) == 0) return {w, b, w, b + (random.below(2) == 0 ? 0.0 : random.normal())};
  return {w, b, hostile_number(random), hostile_number(random)};
}

/// Data that decouple and data that do not, with step sizes of every order: what --data and --eta take.
inline Problem hostile_problem(RandomSource& random) {
  constexpr std::array<std::array<double, 2>, 14> data = {{{1.0, -1.0},
                                                           {-1.0, 1.0},
                                                           {2.0, -0.5},
                                                           {1e150, -1e-150},
                                                           {-1e-100, 1e100},
                                                           {1.0, -1.0},
                                                           {2.0, -2.0},
                                                           {1.5, -0.4},
                                                           {2.0, 1.0},
                                                           {1e150, -1e150},
                                                           {1e-150, -1e-150},
                                                           {1e150, 1e-150},
                                                           {0.0, 1e-150},
                                                           {1e150, 1.0}}};
  constexpr std::array<double, 8> steps = {1e-300, 1e-150, 1e-16, 1e-3, 1.0, 1e16, 1e150, 1e300};
  const auto& positions = data[random.below(data.size())];
  const double step = random.below(2) == 0 ? steps[random.below(steps.size())] : random.log_uniform(-996.0, 996.0);
  return make_problem(positions[0], positions[1], random.below(3) == 0 ? 0.1 : step);
}

inline std::vector<Network<double>> hostile_networks(RandomSource& random, const Problem& problem, std::size_t count) {
  std::vector<Network<double>> networks;
  for (std::size_t i = 0; i < count; ++i) networks.push_back(network_from_weights(problem, hostile_weights(random)));
  return networks;
}

}  // namespace logmargin::testing
