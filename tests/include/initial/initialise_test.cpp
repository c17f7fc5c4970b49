#include "logmargin/initial/initialise.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

#include "tests/support/random_source.hpp"

namespace logmargin::initialise_test {
namespace {

using Words = std::array<std::uint32_t, 4>;

Words philox(const Words& counter, const std::array<std::uint32_t, 2>& key) {
  const r123::Philox4x32::ctr_type random = r123::Philox4x32()(
      r123::Philox4x32::ctr_type{{counter[0], counter[1], counter[2], counter[3]}}, {{key[0], key[1]}});
  return {random.v[0], random.v[1], random.v[2], random.v[3]};
}

TEST(RandomPair, PhiloxGivesItsPublishedVectors) {
  // The file kat_vectors of Random123, philox4x32 with 10 rounds.
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}), (Words{0x6627e8d5U, 0xe169c58dU, 0xbc57ac4cU, 0x9b00dbd8U}));
  EXPECT_EQ(philox({0xffffffffU, 0xffffffffU, 0xffffffffU, 0xffffffffU}, {0xffffffffU, 0xffffffffU}),
            (Words{0x408f276dU, 0x41c83b0eU, 0xa20bc7c6U, 0x6d5451fdU}));
  EXPECT_EQ(philox({0x243f6a88U, 0x85a308d3U, 0x13198a2eU, 0x03707344U}, {0xa4093822U, 0x299f31d0U}),
            (Words{0xd16cfe09U, 0x94fdccebU, 0x5001e420U, 0x24126ea1U}));
}

TEST(RandomPair, PacksTrialBlockAndSeedLowWordsFirst) {
  const RandomPair zeros = random_pair(0, 0, 0);
  EXPECT_EQ(zeros.first, 0xe169c58d6627e8d5U);
  EXPECT_EQ(zeros.second, 0x9b00dbd8bc57ac4cU);

  const RandomPair pair = random_pair(0x299f31d0a4093822U, 0x85a308d3243f6a88U, 0x13198a2eU);
  const Words words = philox({0x243f6a88U, 0x85a308d3U, 0x13198a2eU, 0}, {0xa4093822U, 0x299f31d0U});
  EXPECT_EQ(pair.first, words[0] | static_cast<std::uint64_t>(words[1]) << 32);
  EXPECT_EQ(pair.second, words[2] | static_cast<std::uint64_t>(words[3]) << 32);
}

TEST(OpenUnit, StaysInsideAndIsSymmetric) {
  EXPECT_EQ(open_unit(0), 0x1p-53);
  EXPECT_EQ(open_unit(~std::uint64_t{0}), 1.0 - 0x1p-53);
  testing::RandomSource random(20260311);
  for (int i = 0; i < 10'000; ++i) {
    const std::uint64_t bits = random.bits();
    ASSERT_EQ(open_unit(~bits), 1.0 - open_unit(bits)) << bits;
  }
}

struct Moments {
  double mean, second, fourth;  ///< of the draws divided by the law's scale
};

constexpr int draws = 1'000'000;

Moments moments(const InitialDistribution& law, std::uint64_t seed) {
  long double sum = 0, squares = 0, fourths = 0;
  for (std::uint64_t trial = 0; trial < draws / 2; ++trial) {
    const Weights theta = initial_weights({law, {law.family, 0.0}}, seed, trial);
    for (const double weight : {theta.w1, theta.w2}) {
      const double x = weight / law.scale;
      sum += x;
      squares += x * x;
      fourths += x * x * x * x;
    }
  }
  return {static_cast<double>(sum / draws), static_cast<double>(squares / draws), static_cast<double>(fourths / draws)};
}

/// Five standard errors of the mean of n values with that variance: one false alarm in 1.7 million.
double five_standard_errors(double variance, double n) { return 5.0 * std::sqrt(variance / n); }

TEST(InitialWeights, NormalLawHasTheMomentsOfANormal) {
  const Moments m = moments({InitialDistribution::Family::normal, 1.5}, 42);
  // Moments 1, 3, 15, 105 of even order.
  EXPECT_NEAR(m.mean, 0.0, five_standard_errors(1.0, draws));
  EXPECT_NEAR(m.second, 1.0, five_standard_errors(3.0 - 1.0, draws));
  EXPECT_NEAR(m.fourth, 3.0, five_standard_errors(105.0 - 9.0, draws));
}

TEST(InitialWeights, UniformLawHasTheMomentsOfAUniform) {
  const Moments m = moments({InitialDistribution::Family::uniform, 0.25}, 43);
  // Moments 1/3, 1/5, 1/7, 1/9 of even order.
  EXPECT_NEAR(m.mean, 0.0, five_standard_errors(1.0 / 3.0, draws));
  EXPECT_NEAR(m.second, 1.0 / 3.0, five_standard_errors(1.0 / 5.0 - 1.0 / 9.0, draws));
  EXPECT_NEAR(m.fourth, 1.0 / 5.0, five_standard_errors(1.0 / 9.0 - 1.0 / 25.0, draws));
  for (std::uint64_t trial = 0; trial < 1000; ++trial) {
    const Weights theta = initial_weights({{InitialDistribution::Family::uniform, 0.25}, {}}, 43, trial);
    ASSERT_LT(std::fabs(theta.w1), 0.25);
    ASSERT_LT(std::fabs(theta.w2), 0.25);
  }
}

TEST(InitialWeights, ParametersTrialsAndSeedsAreUncorrelated) {
  constexpr int trials = 200'000;
  const InitialDistribution unit_normal = {InitialDistribution::Family::normal, 1.0};
  const auto parameters = [&](std::uint64_t seed, std::uint64_t trial) {
    const Weights theta = initial_weights({unit_normal, unit_normal}, seed, trial);
    return std::array<double, 4>{theta.w1, theta.b1, theta.w2, theta.b2};
  };
  // The four parameters of a trial, of the next trial, of a trial 2^32 further, and of the next seeds.
  constexpr std::size_t variables = 20;
  std::vector<std::array<double, variables>> rows(trials);
  for (std::uint64_t trial = 0; trial < trials; ++trial) {
    std::size_t at = 0;
    for (const auto& [seed, index] : {std::pair<std::uint64_t, std::uint64_t>{7, trial},
                                      {7, trial + 1},
                                      {7, trial + (std::uint64_t{1} << 32)},
                                      {8, trial},
                                      {7 + (std::uint64_t{1} << 32), trial}}) {
      for (const double value : parameters(seed, index)) rows[trial][at++] = value;
    }
  }
  for (std::size_t a = 0; a < variables; ++a) {
    for (std::size_t b = a + 1; b < variables; ++b) {
      double product = 0.0;
      for (const auto& row : rows) product += row[a] * row[b];
      // The product of independent standard normals has variance 1.
      EXPECT_NEAR(product / trials, 0.0, five_standard_errors(1.0, trials)) << a << ' ' << b;
    }
  }
}

TEST(InitialWeights, TheLawsScaleOneAndTheSameDraw) {
  const InitialDistribution normal = {InitialDistribution::Family::normal, 2.0};
  const Weights without_bias = initial_weights({normal, {InitialDistribution::Family::normal, 0.0}}, 5, 17);
  const Weights with_bias = initial_weights({normal, {InitialDistribution::Family::uniform, 3.0}}, 5, 17);
  EXPECT_EQ(without_bias.b1, 0.0);
  EXPECT_EQ(without_bias.b2, 0.0);
  EXPECT_EQ(with_bias.w1, without_bias.w1);
  EXPECT_EQ(with_bias.w2, without_bias.w2);
  EXPECT_NE(with_bias.b1, 0.0);
  const Weights doubled = initial_weights({{InitialDistribution::Family::normal, 4.0}, {}}, 5, 17);
  EXPECT_EQ(doubled.w1, 2.0 * without_bias.w1);
  const RandomPair pair = random_pair(5, 17, 1);
  EXPECT_EQ(with_bias.b2, 3.0 * (2.0 * open_unit(pair.second) - 1.0));
}

}  // namespace
}  // namespace logmargin::initialise_test
