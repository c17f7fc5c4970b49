#include "logmargin/numerics/lane.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "tests/support/random_source.hpp"

namespace logmargin::lane_test {
namespace {

using L = lane<double>;
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

TEST(Lane, FmaRoundsOnce) {
  // (1 + 2^-30)(1 - 2^-30) = 1 - 2^-60, which a rounded product loses.
  EXPECT_EQ(L::fma(1.0 + 0x1p-30, 1.0 - 0x1p-30, -1.0), -0x1p-60);
}

TEST(Lane, ClampKeepsNaN) {
  EXPECT_EQ(L::clamp(-3.0, -2.0, 5.0), -2.0);
  EXPECT_EQ(L::clamp(6.0, -2.0, 5.0), 5.0);
  EXPECT_EQ(L::clamp(4.5, -2.0, 5.0), 4.5);
  EXPECT_EQ(L::clamp(-infinity, -2.0, 5.0), -2.0);
  EXPECT_EQ(L::clamp(infinity, -2.0, 5.0), 5.0);
  EXPECT_TRUE(std::isnan(L::clamp(not_a_number, -2.0, 5.0)));
}

TEST(Lane, ReluOfNaNAndOfBothZerosIsPositiveZero) {
  EXPECT_EQ(relu(2.5), 2.5);
  EXPECT_EQ(relu(infinity), infinity);
  for (const double x : {-2.5, -infinity, -0.0, 0.0, not_a_number}) {
    EXPECT_EQ(L::to_bits(relu(x)), 0U) << x;
  }
}

TEST(Lane, SmallerAndLargerTakeTheFirstUnlessTheSecondIsStrictlyBetter) {
  EXPECT_EQ(smaller(1.0, 2.0), 1.0);
  EXPECT_EQ(smaller(2.0, 1.0), 1.0);
  EXPECT_EQ(larger(1.0, 2.0), 2.0);
  EXPECT_EQ(larger(2.0, 1.0), 2.0);
  EXPECT_EQ(smaller(1.0, not_a_number), 1.0);
  EXPECT_EQ(larger(1.0, not_a_number), 1.0);
  EXPECT_TRUE(std::isnan(smaller(not_a_number, 1.0)));
  EXPECT_TRUE(std::isnan(larger(not_a_number, 1.0)));
  EXPECT_TRUE(std::signbit(smaller(-0.0, 0.0)));
  EXPECT_FALSE(std::signbit(larger(0.0, -0.0)));
}

TEST(Lane, AbsoluteClearsTheSignAlone) {
  EXPECT_EQ(absolute(-1.5), 1.5);
  EXPECT_EQ(absolute(1.5), 1.5);
  EXPECT_EQ(L::to_bits(absolute(-0.0)), 0U);
  EXPECT_EQ(absolute(-infinity), infinity);
  EXPECT_TRUE(std::isnan(absolute(-not_a_number)));
}

TEST(Lane, QuotientByTheInverseHasTheBitsOfTheDivision) {
  testing::RandomSource random(20261123);
  for (int i = 0; i < 2'000'000; ++i) {
    const double numerator = random.sign() * random.log_uniform(-400.0, 400.0);
    const double denominator = random.sign() * random.log_uniform(-400.0, 400.0);
    ASSERT_EQ(quotient(numerator, denominator, 1.0 / denominator), numerator / denominator)
        << numerator << " / " << denominator;
  }
  // Mantissas next to 1 and to 2, where an inverse is rounded worst.
  for (int i = 0; i < 200'000; ++i) {
    const double denominator = 2.0 - std::ldexp(1.0 + static_cast<double>(random.below(64)), -52);
    const double numerator = 1.0 + std::ldexp(static_cast<double>(random.below(4096)), -52);
    ASSERT_EQ(quotient(numerator, denominator, 1.0 / denominator), numerator / denominator);
    ASSERT_EQ(quotient(denominator, numerator, 1.0 / numerator), denominator / numerator);
  }
}

}  // namespace
}  // namespace logmargin::lane_test
