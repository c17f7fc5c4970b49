#include "logmargin/numerics/logarithm.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "tests/support/mpfr_number.hpp"
#include "tests/support/random_source.hpp"

namespace logmargin::logarithm_test {
namespace {

using testing::MpfrNumber;
using testing::RandomSource;

constexpr double infinity = std::numeric_limits<double>::infinity();

struct WorstError {
  double ulps = 0.0;
  double at = 1.0;

  void check(double x) {
    MpfrNumber exact;
    mpfr_set_d(exact.get(), x, MPFR_RNDN);
    mpfr_log(exact.get(), exact.get(), MPFR_RNDN);
    const double error = testing::ulp_error(logarithm(x), exact);
    if (!(error <= ulps)) {
      ulps = error;
      at = x;
    }
  }
  // 1 ulp is the bound that the header states.
  void expect_within_one_ulp(const char* where) const {
    std::cout << "logarithm, " << where << ": worst " << ulps << " ulp at x = " << std::hexfloat << at
              << std::defaultfloat << '\n';
    EXPECT_LE(ulps, 1.0) << "at x = " << at;
  }
};

TEST(Logarithm, RandomArgumentsWithinOneUlp) {
  RandomSource random(20260303);
  WorstError all_bit_patterns;
  for (int i = 0; i < 100'000; ++i) {
    all_bit_patterns.check(std::bit_cast<double>(1 + random.below(0x7fefffffffffffffU)));
  }
  all_bit_patterns.expect_within_one_ulp("every positive bit pattern");
  WorstError near_one;
  for (int i = 0; i < 100'000; ++i) near_one.check(random.uniform(0.3, 3.0));
  for (int i = 0; i < 50'000; ++i) near_one.check(1.0 + random.sign() * random.log_uniform(-52.0, -2.0));
  near_one.expect_within_one_ulp("around 1");
}

TEST(Logarithm, SubnormalArgumentsWithinOneUlp) {
  RandomSource random(20260304);
  WorstError worst;
  for (int i = 0; i < 20'000; ++i) worst.check(std::bit_cast<double>(1 + random.below(0x000fffffffffffffU)));
  for (std::uint64_t bits = 1; bits < 2000; ++bits) worst.check(std::bit_cast<double>(bits));
  for (int shift = 0; shift < 52; ++shift) worst.check(std::bit_cast<double>(std::uint64_t{1} << shift));
  worst.expect_within_one_ulp("subnormal arguments");
}

TEST(Logarithm, WhereTheReductionChangesWithinOneUlp) {
  WorstError worst;
  for (int exponent = -1022; exponent <= 1023; ++exponent) {
    for (const double mantissa : {1.0, 1.4142135623730951}) {
      for (int ulps = -8; ulps <= 8; ++ulps) {
        worst.check(testing::shifted_by_ulps(std::ldexp(mantissa, exponent), ulps));
      }
    }
  }
  for (int ulps = -2000; ulps <= 2000; ++ulps) worst.check(testing::shifted_by_ulps(1.0, ulps));
  worst.check(std::numeric_limits<double>::max());
  worst.expect_within_one_ulp("powers of 2 and their square roots");
}

TEST(Logarithm, OfNormalNumbersIsTheSameWithoutTheSpecialCases) {
  RandomSource random(20261124);
  for (int i = 0; i < 500'000; ++i) {
    const double x = random.log_uniform(-1022.0, 1024.0);
    ASSERT_TRUE(testing::same_bits(logarithm_of_normal(x), logarithm(x))) << x;
  }
  EXPECT_EQ(logarithm_of_normal(1.0), 0.0);
}

TEST(Logarithm, ExactOrSpecial) {
  EXPECT_EQ(logarithm(1.0), 0.0);
  EXPECT_EQ(logarithm(0.0), -infinity);
  EXPECT_EQ(logarithm(-0.0), -infinity);
  EXPECT_EQ(logarithm(infinity), infinity);
  EXPECT_TRUE(std::isnan(logarithm(std::numeric_limits<double>::quiet_NaN())));
  for (const double negative : {-std::numeric_limits<double>::denorm_min(), -1e-310, -1.0, -1e300, -infinity}) {
    EXPECT_TRUE(std::isnan(logarithm(negative))) << negative;
  }
}

TEST(Logarithm, InverseOfLn10IsTheNearestDouble) {
  MpfrNumber exact;
  mpfr_set_ui(exact.get(), 10, MPFR_RNDN);
  mpfr_log(exact.get(), exact.get(), MPFR_RNDN);
  mpfr_ui_div(exact.get(), 1, exact.get(), MPFR_RNDN);
  EXPECT_EQ(inverse_of_ln_10, mpfr_get_d(exact.get(), MPFR_RNDN));
}

}  // namespace
}  // namespace logmargin::logarithm_test
