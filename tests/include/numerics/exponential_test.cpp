#include "logmargin/numerics/exponential.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "tests/support/mpfr_number.hpp"
#include "tests/support/random_source.hpp"

namespace logmargin::exponential_test {
namespace {

using testing::MpfrNumber;
using testing::RandomSource;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double ln_2 = 0.6931471805599453;

struct WorstError {
  double ulps = 0.0;
  double at = 0.0;

  void check(double x) {
    MpfrNumber exact;
    mpfr_set_d(exact.get(), x, MPFR_RNDN);
    mpfr_exp(exact.get(), exact.get(), MPFR_RNDN);
    const double error = testing::ulp_error(exponential(x), exact);
    if (!(error <= ulps)) {
      ulps = error;
      at = x;
    }
  }
  // 1 ulp is the bound that the header states.
  void expect_within_one_ulp(const char* where) const {
    std::cout << "exponential, " << where << ": worst " << ulps << " ulp at x = " << at << '\n';
    EXPECT_LE(ulps, 1.0) << "at x = " << at;
  }
};

TEST(Exponential, RandomArgumentsWithinOneUlp) {
  RandomSource random(20260301);
  WorstError whole_range;
  for (int i = 0; i < 100'000; ++i) whole_range.check(random.uniform(-745.5, 709.79));
  whole_range.expect_within_one_ulp("whole range");
  WorstError training_range;
  for (int i = 0; i < 100'000; ++i) training_range.check(random.uniform(-40.0, 10.0));
  training_range.expect_within_one_ulp("margins met in training");
  WorstError small;
  for (int i = 0; i < 50'000; ++i) small.check(random.sign() * random.log_uniform(-1074.0, 1.0));
  small.expect_within_one_ulp("small arguments");
}

TEST(Exponential, SubnormalResultsAndBothEndsWithinOneUlp) {
  RandomSource random(20260302);
  WorstError subnormal;
  for (int i = 0; i < 50'000; ++i) subnormal.check(random.uniform(-745.3, -708.3));
  for (int i = 0; i < 10'000; ++i) subnormal.check(random.uniform(-745.14, -745.12));
  subnormal.expect_within_one_ulp("subnormal results");
  WorstError top;
  for (int i = 0; i < 20'000; ++i) top.check(random.uniform(709.0, 709.8));
  for (int ulps = -200; ulps <= 200; ++ulps) top.check(testing::shifted_by_ulps(709.782712893384, ulps));
  top.expect_within_one_ulp("overflow");
}

TEST(Exponential, WhereTheReductionChangesWithinOneUlp) {
  WorstError worst;
  for (int n = -1076; n <= 1025; ++n) {
    for (const double multiple : {static_cast<double>(n), n + 0.5}) {
      const double x = multiple * ln_2;
      if (x == 0.0) continue;
      for (int ulps = -12; ulps <= 12; ++ulps)
        worst.check(std::copysign(testing::shifted_by_ulps(std::fabs(x), ulps), x));
    }
  }
  for (int n = -745; n <= 709; ++n) worst.check(n);
  worst.expect_within_one_ulp("multiples of ln 2 / 2, whole numbers");
}

TEST(Exponential, ExactAtZero) {
  EXPECT_EQ(exponential(0.0), 1.0);
  EXPECT_EQ(exponential(-0.0), 1.0);
  EXPECT_EQ(exponential(std::numeric_limits<double>::denorm_min()), 1.0);
}

TEST(Exponential, ZeroFarBelowAndInfinityFarAbove) {
  for (const double x : {-745.2, -746.0, -747.0, -1e4, -1e300, -std::numeric_limits<double>::max(), -infinity}) {
    EXPECT_EQ(exponential(x), 0.0) << x;
    EXPECT_FALSE(std::signbit(exponential(x))) << x;
  }
  for (const double x : {709.79, 710.0, 711.0, 1e4, 1e300, std::numeric_limits<double>::max(), infinity}) {
    EXPECT_EQ(exponential(x), infinity) << x;
  }
  EXPECT_TRUE(std::isfinite(exponential(709.78)));
  EXPECT_EQ(exponential(-745.1), std::numeric_limits<double>::denorm_min());
}

TEST(Exponential, OfANonpositiveNumberHasTheSameBitsUntilItVanishes) {
  RandomSource random(20261201);
  for (int i = 0; i < 100'000; ++i) {
    const double x = random.uniform(-708.0, 0.0);
    ASSERT_EQ(exponential_of_nonpositive(x), exponential(x)) << x;
    ASSERT_EQ(exponential_of_nonpositive(x, -41.0), x < -41.0 ? 0.0 : exponential(x)) << x;
  }
  EXPECT_EQ(exponential_of_nonpositive(0.0), 1.0);
  EXPECT_EQ(exponential_of_nonpositive(-708.0), exponential(-708.0));
  for (const double x : {-708.0001, -745.0, -1e300, -infinity}) EXPECT_EQ(exponential_of_nonpositive(x), 0.0) << x;
  EXPECT_EQ(exponential_of_nonpositive(std::numeric_limits<double>::quiet_NaN()), 0.0);
}

TEST(Exponential, NaNStaysNaN) {
  EXPECT_TRUE(std::isnan(exponential(std::numeric_limits<double>::quiet_NaN())));
  EXPECT_TRUE(std::isnan(exponential(-std::numeric_limits<double>::quiet_NaN())));
}

TEST(ModerateExponential, HasTheBitsOfTheGeneralOne) {
  testing::RandomSource random(12);
  for (int k = 0; k < 500'000; ++k) {
    const double x = k % 2 == 0 ? random.uniform(-700.0, 700.0) : random.sign() * random.log_uniform(-1074.0, 9.4);
    ASSERT_TRUE(testing::same_bits(exponential_of_moderate(x), exponential(x))) << x;
  }
}

}  // namespace
}  // namespace logmargin::exponential_test
