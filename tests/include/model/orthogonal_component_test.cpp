#include "logmargin/model/orthogonal_component.hpp"

#include <gtest/gtest.h>

#include "logmargin/model/observation.hpp"
#include "tests/support/hostile_networks.hpp"

namespace logmargin::orthogonal_component_test {
namespace {

using testing::RandomSource;
using testing::same_bits;

TEST(OrthogonalComponent, OfZerosLeavesTheBitsOfTheLine) {
  RandomSource random(20261127);
  for (int trial = 0; trial < 20'000; ++trial) {
    const Problem problem = trial % 2 == 0 ? make_problem(2.0, -0.5, 0.1) : make_problem(-1.0, 3.0, 0.1);
    const double scale = random.log_uniform(-500.0, 500.0);
    const Network<double> z = {scale * random.normal(), scale * random.normal(), scale * random.normal(),
                               scale * random.normal()};
    const Observation<double> on_line = observe(problem, z);
    const Observation<double> multi_dimensional = observe(problem, z, OrthogonalComponent<double>{});
    ASSERT_TRUE(same_bits(on_line.margin, multi_dimensional.margin)) << trial;
    ASSERT_TRUE(same_bits(on_line.gap, multi_dimensional.gap)) << trial;
    ASSERT_TRUE(same_bits(on_line.log10_loss, multi_dimensional.log10_loss)) << trial;
    ASSERT_EQ(on_line.classified, multi_dimensional.classified) << trial;
    ASSERT_EQ(on_line.pattern, multi_dimensional.pattern) << trial;
  }
}

TEST(OrthogonalComponent, MarginsDoNotDependOnTheSizeOfTheNetwork) {
  Problem problem = make_problem(2.0, -0.5, 0.1);
  problem.offset = 0.75;
  RandomSource random(20261128);
  int classified = 0;
  for (int trial = 0; trial < 20'000; ++trial) {
    const auto number = [&] { return random.normal(); };
    const Network<double> z = {std::fabs(number()), number() - 1.0, number() - 1.0, std::fabs(number())};
    const OrthogonalComponent<double> orthogonal = {number(), number(), std::fabs(number()), number(),
                                                    std::fabs(number())};
    const Observation<double> seen = observe(problem, z, orthogonal);
    classified += static_cast<int>(seen.classified);
    for (const double scale : {0x1p-900, 0x1p-600, 0x1p600, 0x1p1000}) {
      const Observation<double> scaled = observe(
          problem, Network<double>{scale * z.z11, scale * z.z12, scale * z.z21, scale * z.z22},
          OrthogonalComponent<double>{scale * orthogonal.phi_1, scale * orthogonal.phi_2, scale * orthogonal.rest_11,
                                      scale * orthogonal.rest_21, scale * orthogonal.rest_22});
      ASSERT_EQ(scaled.margin, seen.margin) << trial << ' ' << scale;
      ASSERT_EQ(scaled.gap, seen.gap) << trial << ' ' << scale;
    }
  }
  EXPECT_GT(classified, 10'000);
}

TEST(OrthogonalComponent, HostileNumbersGiveNoNaN) {
  RandomSource random(20261129);
  int classified = 0;
  for (int trial = 0; trial < 200'000; ++trial) {
    Problem problem = testing::hostile_problem(random);
    if (random.below(2) == 0) problem.offset = random.below(2) == 0 ? 1e150 : random.log_uniform(-496.0, 496.0);
    const auto number = [&] { return testing::hostile_number(random); };
    const Network<double> z = {std::fabs(number()), number(), number(), std::fabs(number())};
    const OrthogonalComponent<double> orthogonal = {number(), number(), number(), number(), number()};
    const Observation<double> seen = observe(problem, z, orthogonal);
    ASSERT_GE(seen.margin, 0.0) << trial;
    ASSERT_GE(seen.gap, 0.0) << trial;
    ASSERT_LE(seen.gap, problem.optimal_margin) << trial;
    ASSERT_TRUE(seen.classified == 0.0 || seen.classified == 1.0);
    classified += static_cast<int>(seen.classified);
  }
  EXPECT_GT(classified, 10'000);
}

TEST(OrthogonalComponent, LateGapKeepsItsRelativeAccuracy) {
  // Equal leads of 2^40 and orthogonal components of about 1: the gap is their squares over twice the leads' sum's
  // square.
  const Problem problem = make_problem(1.0, -1.0, 0.1);
  const Network<double> z = {0x1p40, -0x1p40, -0x1p40, 0x1p40};
  const Observation<double> seen = observe(problem, z, OrthogonalComponent<double>{0.0, 0.0, 0.5, -0.25, 1.0});
  const double squares = 4.0 * (0.75 * 0.75 + 1.0);
  EXPECT_DOUBLE_EQ(seen.gap, squares / (2.0 * 0x1p84));
}

}  // namespace
}  // namespace logmargin::orthogonal_component_test
