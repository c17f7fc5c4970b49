#include "logmargin/initial/start_in_space.hpp"

#include <gtest/gtest.h>

#include "logmargin/model/observation.hpp"
#include "tests/support/space/placed_points.hpp"
#include "tests/support/space/space_descent.hpp"

namespace logmargin::start_in_space_test {
namespace {

using testing::PlacedPoints;
using testing::SpaceDescent;

/// Means of the orthogonal Gram matrix's entries, and of their squares and products, over many trials.
struct GramMoments {
  double r11 = 0, r22 = 0, r12 = 0, r11_squared = 0, r22_squared = 0, r12_squared = 0, r11_r22 = 0, r11_cubed = 0;
};

constexpr int sampled = 40'000;

template <class Start>
GramMoments moments(const Start& start) {
  GramMoments sum;
  for (std::uint64_t trial = 0; trial < sampled; ++trial) {
    const OrthogonalComponent<double> orthogonal = start(trial).orthogonal;
    const double r11 = orthogonal.rest_11 * orthogonal.rest_11;
    const double r12 = orthogonal.rest_11 * orthogonal.rest_21;
    const double r22 = orthogonal.rest_21 * orthogonal.rest_21 + orthogonal.rest_22 * orthogonal.rest_22;
    sum.r11 += r11 / sampled;
    sum.r22 += r22 / sampled;
    sum.r12 += r12 / sampled;
    sum.r11_squared += r11 * r11 / sampled;
    sum.r22_squared += r22 * r22 / sampled;
    sum.r12_squared += r12 * r12 / sampled;
    sum.r11_r22 += r11 * r22 / sampled;
    sum.r11_cubed += r11 * r11 * r11 / sampled;
  }
  return sum;
}

/// A coordinate's law: mean and cumulants of its square (variance, third, fourth).
struct SquareLaw {
  double mean, variance, third, fourth;
};
constexpr SquareLaw of_normal = {1.0, 2.0, 8.0, 48.0};
constexpr SquareLaw of_uniform = {1.0 / 3.0, 4.0 / 45.0, 16.0 / 945.0, -0.0067724867724867725};

/// n coordinates: R_11 is a sum of n independent squares, R_12 one of n products, independent of each other's sign.
void expect_gram(const GramMoments& actual, const SquareLaw& law, double n) {
  const double mean = n * law.mean;
  const double variance = n * law.variance;
  // Five standard errors.
  const double error = 5.0 * std::sqrt(variance / sampled);
  EXPECT_NEAR(actual.r11, mean, error);
  EXPECT_NEAR(actual.r22, mean, error);
  EXPECT_NEAR(actual.r12, 0.0, 5.0 * std::sqrt(n * law.mean * law.mean / sampled));
  const double fourth_central = 3.0 * variance * variance + n * law.fourth;
  // Of central moments: the mean is known.
  const double of_variance = 5.0 * std::sqrt((fourth_central - variance * variance) / sampled);
  EXPECT_NEAR(actual.r11_squared - 2.0 * mean * actual.r11 + mean * mean, variance, of_variance);
  EXPECT_NEAR(actual.r22_squared - 2.0 * mean * actual.r22 + mean * mean, variance, of_variance);
  // E u^4 >= kurtosis of the products; the normal law's 9 is the most.
  EXPECT_NEAR(actual.r12_squared, n * law.mean * law.mean,
              5.0 * n * law.mean * law.mean * std::sqrt((2.0 + 6.0 / n) / sampled));
  EXPECT_NEAR(actual.r11_r22 - mean * (actual.r11 + actual.r22) + mean * mean, 0.0,
              5.0 * variance / std::sqrt(static_cast<double>(sampled)));
  const double skew =
      actual.r11_cubed - 3.0 * mean * actual.r11_squared + 3.0 * mean * mean * actual.r11 - mean * mean * mean;
  // Of a nearly normal sum the third central moment has variance 15 sigma^6, of a skew one some times more.
  EXPECT_NEAR(
      skew, n * law.third,
      5.0 * std::sqrt(variance * variance * variance * (15.0 + (law.mean == 1.0 ? 1200.0 : 15.0) / n) / sampled));
}

class GramDimension : public ::testing::TestWithParam<std::int64_t> {};

TEST_P(GramDimension, NormalWeightsHaveAWishartRest) {
  const std::int64_t dim = GetParam();
  std::cout << "seed 11, D = " << dim << '\n';
  const PlacedPoints placed({1.0}, {-1.0}, dim);
  const InitialDistributions laws = {{InitialDistribution::Family::normal, 1.0}, {}};
  const auto start = [&](std::uint64_t trial) {
    return initial_start(placed.problem(0.1), laws, placed.axes(), 11, trial);
  };
  expect_gram(moments(start), of_normal, static_cast<double>(dim - 1));
  if (dim == 2) {
    EXPECT_EQ(start(5).orthogonal.rest_22, 0.0);
  }
}

TEST_P(GramDimension, UniformWeightsHaveTheRestOfTheirCoordinates) {
  const std::int64_t dim = GetParam();
  std::cout << "seed 12, D = " << dim << '\n';
  const PlacedPoints placed({1.0}, {-1.0}, dim);
  const InitialDistributions laws = {{InitialDistribution::Family::uniform, 1.0}, {}};
  expect_gram(
      moments([&](std::uint64_t trial) { return initial_start(placed.problem(0.1), laws, placed.axes(), 12, trial); }),
      of_uniform, static_cast<double>(dim - 1));
}

INSTANTIATE_TEST_SUITE_P(Dimensions, GramDimension, ::testing::Values(2, 3, 4, 12, 1100, 1'000'000));

TEST(StartInSpace, CoordinatesAboveTheLimitJoinThoseDrawn) {
  // Three coordinates of the vectors are drawn, the other 1999 come from the limit law.
  const PlacedPoints placed({1.0, 0.5, 0.25}, {-1.0, 2.0, 1.0}, 2002);
  const InitialDistributions laws = {{InitialDistribution::Family::uniform, 1.0}, {}};
  ASSERT_GT(placed.points.offset, 0.0);
  const GramMoments actual =
      moments([&](std::uint64_t trial) { return initial_start(placed.problem(0.1), laws, placed.axes(), 13, trial); });
  EXPECT_NEAR(actual.r11, 2000.0 / 3.0, 5.0 * std::sqrt(2000.0 * of_uniform.variance / sampled));
  EXPECT_NEAR(actual.r12_squared, 2000.0 / 9.0, 5.0 * 2000.0 / 9.0 * std::sqrt(2.0 / sampled));
}

TEST(StartInSpace, LimitLawOfUniformSumsIsSkewAsTheyAre) {
  // Of eight squares, where skewness shows; the expansion is made for more than a thousand.
  std::cout << "seed 15\n";
  expect_gram(moments([&](std::uint64_t trial) {
                const TriangularFactor rest = uniform_rest(15, trial, 2, 8);
                return SpatialStart{{}, {0.0, 0.0, rest.of_11, rest.of_21, rest.of_22}};
              }),
              of_uniform, 8.0);
}

TEST(StartInSpace, StartsFromTheLinesOwnDraws) {
  for (const auto family : {InitialDistribution::Family::normal, InitialDistribution::Family::uniform}) {
    const InitialDistributions laws = {{family, 0.5}, {family, 0.25}};
    const PlacedPoints placed({1.0}, {-1.0}, 7);
    for (std::uint64_t trial = 0; trial < 100; ++trial) {
      const SpatialStart start = initial_start(placed.problem(0.1), laws, placed.axes(), 3, trial);
      const Weights on_line = initial_weights(laws, 3, trial);
      EXPECT_EQ(start.on_line.w1, on_line.w1);
      EXPECT_EQ(start.on_line.b1, on_line.b1);
      EXPECT_EQ(start.on_line.w2, on_line.w2);
      EXPECT_EQ(start.on_line.b2, on_line.b2);
      EXPECT_EQ(start.orthogonal.phi_1, 0.0);
    }
  }
}

TEST(StartInSpace, UniformWeightsOfVectorsAreTheirCoordinates) {
  // With as many dimensions as coordinates nothing but the draws themselves is there to be seen.
  const PlacedPoints placed({1.0, 0.5, 0.25}, {-1.0, 2.0, 1.0}, 3);
  const double step_size = 0.1;
  const InitialDistributions laws = {{InitialDistribution::Family::uniform, 2.0},
                                     {InitialDistribution::Family::uniform, 1.0}};
  for (std::uint64_t trial = 0; trial < 200; ++trial) {
    const SpatialStart start = initial_start(placed.problem(step_size), laws, placed.axes(), 5, trial);
    SpaceDescent whole = {{{{1.0L, 0.5L, 0.25L}, {-1.0L, 2.0L, 1.0L}}}, step_size, {}, {}};
    for (const std::uint32_t block : {0U, 2U, 3U}) {
      const RandomPair random = random_pair(5, trial, block);
      whole.w[0].push_back(draw(laws.weight, random.first));
      whole.w[1].push_back(draw(laws.weight, random.second));
    }
    const RandomPair biases = random_pair(5, trial, 1);
    whole.b = {draw(laws.bias, biases.first), draw(laws.bias, biases.second)};
    const Network<double> network = network_from_weights(placed.problem(step_size), start.on_line);
    EXPECT_NEAR(network.z11, static_cast<double>(whole.pre_activation(0, whole.x[0])), 1e-14);
    EXPECT_NEAR(network.z22, static_cast<double>(whole.pre_activation(1, whole.x[1])), 1e-14);
    const Observation<double> seen = observe(placed.problem(step_size), network, start.orthogonal);
    EXPECT_NEAR(seen.margin, static_cast<double>(whole.margin()), 1e-14) << trial;
  }
}

TEST(StartInSpace, AMillionDimensionsCostNoMoreDrawsThanTwo) {
  // Blocks counted: of the normal law by those that chi_squared asks for.
  double attempts = 0.0;
  for (std::uint64_t trial = 0; trial < 10'000; ++trial) {
    chi_squared(999'999.0, [&](std::uint32_t attempt) {
      ++attempts;
      return random_pair(1, trial, 4 + 2 * attempt);
    });
  }
  EXPECT_LT(attempts, 1.01 * 10'000);
}

TEST(StartInSpace, RotationOfNormalVectorsKeepsTheLaw) {
  // |w_1|^2 of D = 5 is chi-squared with 5 degrees, however the points lie.
  const PlacedPoints placed({1.0, 0.5, 0.25}, {-1.0, 2.0, 1.0}, 5);
  const Problem problem = placed.problem(0.1);
  const InitialDistributions laws = {{InitialDistribution::Family::normal, 1.0},
                                     {InitialDistribution::Family::normal, 1.0}};
  const double q = problem.offset;
  double sum = 0.0;
  double across = 0.0;
  double mixed = 0.0;
  for (std::uint64_t trial = 0; trial < sampled; ++trial) {
    const SpatialStart start = initial_start(problem, laws, placed.axes(), 14, trial);
    const double w_f = (start.orthogonal.phi_1 + q * start.on_line.b1) / (1.0 + q * q);
    const double b = start.on_line.b1 - q * w_f;
    sum += (start.on_line.w1 * start.on_line.w1 + w_f * w_f + start.orthogonal.rest_11 * start.orthogonal.rest_11) /
           sampled;
    across += w_f * w_f / sampled;
    mixed += w_f * b / sampled;
  }
  EXPECT_NEAR(sum, 5.0, 5.0 * std::sqrt(10.0 / sampled));
  EXPECT_NEAR(across, 1.0, 5.0 * std::sqrt(2.0 / sampled));
  EXPECT_NEAR(mixed, 0.0, 5.0 / std::sqrt(static_cast<double>(sampled)));
}

}  // namespace
}  // namespace logmargin::start_in_space_test
