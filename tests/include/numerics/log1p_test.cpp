#include "logmargin/numerics/log1p.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <iostream>
#include <limits>

#include "tests/support/mpfr_number.hpp"
#include "tests/support/random_source.hpp"

namespace logmargin::log1p_test {
namespace {

using testing::MpfrNumber;
using testing::RandomSource;

constexpr double epsilon = std::numeric_limits<double>::epsilon();
constexpr double infinity = std::numeric_limits<double>::infinity();

/// ln(1 + factor rest), over the factor where the result says so.
double error_of(double factor, double rest) {
  const ScaledLog1p<double> computed = scaled_log1p(factor, rest);
  MpfrNumber exact;
  mpfr_set_d(exact.get(), factor, MPFR_RNDN);
  mpfr_mul_d(exact.get(), exact.get(), rest, MPFR_RNDN);
  mpfr_log1p(exact.get(), exact.get(), MPFR_RNDN);
  EXPECT_TRUE(computed.factor_left == factor || computed.factor_left == 1.0);
  if (computed.factor_left != factor) mpfr_div_d(exact.get(), exact.get(), factor, MPFR_RNDN);
  const double expected = mpfr_get_d(exact.get(), MPFR_RNDN);
  return std::abs(computed.value - expected) / expected / epsilon;
}

TEST(ScaledLog1p, IsWithinThreeEpsilonOfAnyProduct) {
  RandomSource random(20261202);
  double worst = 0.0;
  for (int i = 0; i < 200'000; ++i) {
    const double factor = random.below(2) == 0 ? random.uniform(0.0, 1.0) : random.log_uniform(-1000.0, 0.0);
    worst = std::max(worst, error_of(factor, random.uniform(0.0, 3.0)));
    worst = std::max(worst, error_of(1.0, random.log_uniform(-1000.0, 1.5)));
  }
  for (const double x : {1e-300, 0.5625, std::nextafter(0.5625, 1.0), 1.0, 1.5, 2.9999, 3.0}) {
    worst = std::max({worst, error_of(1.0, x), error_of(x / 3.0, 3.0)});
  }
  std::cout << "scaled log1p: worst relative error " << worst << " epsilon\n";
  EXPECT_LE(worst, 3.0);  // the bound that the header states
}

TEST(ScaledLog1p, GoesWithoutItsFactorWhereThatIsNothing) {
  const ScaledLog1p<double> limit = scaled_log1p(0.0, 1.75);
  EXPECT_EQ(limit.value, 1.75);
  EXPECT_EQ(limit.factor_left, 1.0);
  EXPECT_EQ(scaled_log1p(1.0, 0.0).value, 0.0);
  EXPECT_TRUE(std::isnan(scaled_log1p(1.0, std::nan("")).value));
}

TEST(LogarithmOfSum, NeitherOverflowsNorUnderflows) {
  EXPECT_NEAR(logarithm_of_sum(0.0, 0.0), std::log(2.0), epsilon);
  EXPECT_NEAR(logarithm_of_sum(1e5, 1e5), 1e5 + std::log(2.0), 1e5 * epsilon);
  EXPECT_EQ(logarithm_of_sum(1e300, -1e300), 1e300);
  EXPECT_EQ(logarithm_of_sum(-2000.0, -1000.0), -1000.0);
  EXPECT_EQ(logarithm_of_sum(-infinity, 3.0), 3.0);
  EXPECT_EQ(logarithm_of_sum(infinity, infinity), infinity);
  EXPECT_TRUE(std::isnan(logarithm_of_sum(std::nan(""), 0.0)));
  EXPECT_NEAR(logarithm_of_sum(-700.0, 0.0), std::exp(-700.0), std::exp(-700.0) * 4.0 * epsilon);
  RandomSource random(20261203);
  for (int i = 0; i < 10'000; ++i) {
    const double x = 10.0 * random.normal();
    const double y = 10.0 * random.normal();
    EXPECT_EQ(logarithm_of_sum(x, y), logarithm_of_sum(y, x));
    const double expected = std::log(std::exp(x) + std::exp(y));
    EXPECT_NEAR(logarithm_of_sum(x, y), expected, 4.0 * epsilon * std::max(1.0, std::abs(expected)));
  }
}

}  // namespace
}  // namespace logmargin::log1p_test
