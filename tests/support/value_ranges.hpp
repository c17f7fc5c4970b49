#pragma once

#include <limits>
#include <vector>

#include "tests/support/random_source.hpp"

namespace logmargin::testing {

/// Values of every size and either sign, and the numbers next to where the bins change their law.
inline std::vector<double> values_of_all_sizes(std::uint64_t seed) {
  using Limits = std::numeric_limits<double>;
  RandomSource random(seed);
  std::vector<double> values = {0.0, Limits::denorm_min(), 3 * Limits::denorm_min(), Limits::min(), 1.0, Limits::max()};
  for (const double edge : {1.0, 0.005, 0.01, 5e5, 999'999.9975, 1e6}) {
    for (int ulps = -3; ulps <= 3; ++ulps) values.push_back(shifted_by_ulps(edge, ulps));
  }
  for (int i = 0; i < 20'000; ++i) values.push_back(random.log_uniform(-1074.0, 1024.0));
  for (int i = 0; i < 20'000; ++i) values.push_back(random.log_uniform(-12.0, 24.0));
  for (int i = 0; i < 5'000; ++i) values.push_back(static_cast<double>(random.below(5'000'000)));
  const std::size_t positive = values.size();
  for (std::size_t i = 0; i < positive; ++i) values.push_back(-values[i]);
  return values;
}

}  // namespace logmargin::testing
