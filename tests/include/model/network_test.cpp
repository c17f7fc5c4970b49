#include "logmargin/model/network.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "tests/support/random_source.hpp"

namespace logmargin::network_test {
namespace {

using testing::RandomSource;

TEST(Network, PreActivationsOfDefaultData) {
  const Network<double> network = network_from_weights(make_problem(1.0, -1.0, 0.1), {2.0, 0.5, -3.0, 0.25});
  EXPECT_EQ(network.z11, 2.5);
  EXPECT_EQ(network.z12, -1.5);
  EXPECT_EQ(network.z21, -2.75);
  EXPECT_EQ(network.z22, 3.25);
}

TEST(Network, WeightsComeBackFromPreActivations) {
  RandomSource random(20260310);
  for (const auto& [x1, x2] : {std::pair{1.0, -1.0}, {2.0, -0.5}, {0.25, 1.5}, {-3.0, 2.0}}) {
    const Problem problem = make_problem(x1, x2, 0.1);
    for (int i = 0; i < 1000; ++i) {
      const Weights theta = {random.normal(), random.normal(), random.normal(), random.normal()};
      const Weights back = weights_of(problem, network_from_weights(problem, theta));
      // |z| < 20 rounded to half an ulp and divided by a span of at least 1.25: below 20 epsilon.
      const double tolerance = 20.0 * 0x1p-52;
      ASSERT_NEAR(back.w1, theta.w1, tolerance);
      ASSERT_NEAR(back.b1, theta.b1, tolerance);
      ASSERT_NEAR(back.w2, theta.w2, tolerance);
      ASSERT_NEAR(back.b2, theta.b2, tolerance);
    }
  }
}

TEST(Network, PatternCountsEachBitForItself) {
  for (int pattern = 0; pattern < 16; ++pattern) {
    const auto value = [&](int bit) { return (pattern >> bit & 1) != 0 ? 0.75 : -0.75; };
    const Network<double> network = {value(0), value(1), value(2), value(3)};
    EXPECT_EQ(activation_pattern<double>(network), pattern);
    EXPECT_EQ(activation_pattern<int>(network), pattern);
  }
  EXPECT_EQ(activation_pattern<double>(Network<double>{0.0, -0.0, 0.0, -0.0}), 0.0);
}

TEST(Network, ColumnsAreVisitedInTheOrderOfStorage) {
  Network<double> network = {1.0, 2.0, 3.0, 4.0};
  std::vector<double> visited;
  for_each_column(network, [&](double& value) { visited.push_back(value); });
  EXPECT_EQ(visited, (std::vector<double>{1.0, 2.0, 3.0, 4.0}));
  EXPECT_EQ(visited.size(), static_cast<std::size_t>(network_columns));
}

}  // namespace
}  // namespace logmargin::network_test
