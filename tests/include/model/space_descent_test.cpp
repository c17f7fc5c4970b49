#include "tests/support/space/space_descent.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "logmargin/model/gradient_step.hpp"
#include "logmargin/model/observation.hpp"
#include "tests/support/random_source.hpp"
#include "tests/support/space/placed_points.hpp"

namespace logmargin::space_descent_test {
namespace {

using testing::PairOfWeights;
using testing::PlacedPoints;
using testing::random_pair_of_weights;
using testing::random_vector;
using testing::RandomSource;
using testing::SpaceDescent;

class SpaceDimension : public ::testing::TestWithParam<std::int64_t> {};

/// Positions on the first axis, vectors at random, vectors on a line through the origin, vectors of equal length.
std::vector<PlacedPoints> placements(RandomSource& random, std::int64_t dim) {
  const auto width = static_cast<std::size_t>(dim);
  std::vector<PlacedPoints> all = {{{1.0}, {-1.0}, dim}, {{2.0}, {-0.5}, dim}, {{1.5}, {-0.25}, dim}};
  const std::vector<double> direction = random_vector(random, width);
  std::vector<double> twice = direction;
  std::vector<double> opposite = direction;
  for (double& component : twice) component *= 2.0;
  for (double& component : opposite) component = -component;
  all.emplace_back(twice, opposite, dim);
  if (dim == 1) return all;
  for (int i = 0; i < 3; ++i) all.emplace_back(random_vector(random, width), random_vector(random, width), dim);
  std::vector<double> turned = direction;
  std::swap(turned[0], turned[1]);
  all.emplace_back(direction, turned, dim);
  all.emplace_back(std::vector<double>{1.0, 0.5}, std::vector<double>{-1.0, 2.0}, dim);
  all.emplace_back(std::vector<double>{2.0, 1.0}, std::vector<double>{-1.0, 1.0}, dim);  // x_1 x_2 = -1
  return all;
}

TEST_P(SpaceDimension, PreActivationsAndFrozenPartsFollowWholeWeights) {
  const std::int64_t dim = GetParam();
  RandomSource random(20261125 + static_cast<std::uint64_t>(dim));
  double worst_state = 0.0;
  double worst_margin = 0.0;
  int classified = 0;
  for (const PlacedPoints& placed : placements(random, dim)) {
    for (int trial = 0; trial < 6; ++trial) {
      constexpr double step_size = 0.02;
      auto [whole, start] = random_pair_of_weights(random, placed, step_size);
      const Problem problem = placed.problem(step_size);
      Network<double> network = network_from_weights(problem, start.on_line);
      const double size = std::sqrt(1.0 + placed.points.square_positive + placed.points.square_negative);
      for (int t = 0; t <= 1500; ++t) {
        if (t % 100 == 0) {
          const std::array<long double, 4> expected = {
              whole.pre_activation(0, whole.x[0]), whole.pre_activation(0, whole.x[1]),
              whole.pre_activation(1, whole.x[0]), whole.pre_activation(1, whole.x[1])};
          const std::array<double, 4> actual = {network.z11, network.z12, network.z21, network.z22};
          // Half an ulp a step of what is below some 10 sizes, 1500 times, and the conditioning of the first steps.
          for (std::size_t i = 0; i < 4; ++i) {
            const auto error = static_cast<double>(std::fabs(actual[i] - expected[i]));
            worst_state = std::max(worst_state, error / size);
            ASSERT_LE(error, 2e-12 * size) << dim << ' ' << trial << ' ' << t;
          }
          const Observation<double> seen = observe(problem, network, start.orthogonal);
          const long double margin = whole.margin();
          ASSERT_EQ(seen.classified, margin > 0.0L ? 1.0 : 0.0);
          const auto off = static_cast<double>(std::fabs(seen.margin - margin) / whole.best_margin());
          const auto gap_off = static_cast<double>(std::fabs(seen.gap - (whole.best_margin() - margin)));
          worst_margin = std::max(worst_margin, off);
          ASSERT_LE(off, 1e-11) << dim << ' ' << trial << ' ' << t;
          ASSERT_LE(gap_off, 1e-11 * static_cast<double>(whole.best_margin())) << dim << ' ' << trial << ' ' << t;
          if (margin > 0.0L) ++classified;
        }
        network = gradient_step(problem, network);
        whole.step();
      }
    }
  }
  std::cout << "D = " << dim << ": worst state " << worst_state << ", margin " << worst_margin << " of gamma_star, "
            << classified << " classified\n";
  EXPECT_GT(classified, 50);
}

INSTANTIATE_TEST_SUITE_P(Dimensions, SpaceDimension, ::testing::Values(1, 2, 3, 10, 100));

}  // namespace
}  // namespace logmargin::space_descent_test
