#include "logmargin/numerics/normal_quantile.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "tests/support/fewer_under_sanitizers.hpp"
#include "tests/support/mpfr_number.hpp"
#include "tests/support/random_source.hpp"

namespace logmargin::normal_quantile_test {
namespace {

using testing::fewer_under_sanitizers;
using testing::MpfrNumber;
using testing::RandomSource;

/// Phi^-1(u) for u < 1/2, by Newton's method from a nearby start on Phi(x) = erfc(-x/sqrt 2)/2.
void exact_quantile(MpfrNumber& x, double u, double start) {
  MpfrNumber step, density;
  mpfr_set_d(x.get(), start, MPFR_RNDN);
  for (int iteration = 0; iteration < 2; ++iteration) {
    mpfr_sqr(density.get(), x.get(), MPFR_RNDN);
    mpfr_div_si(density.get(), density.get(), -2, MPFR_RNDN);
    mpfr_exp(density.get(), density.get(), MPFR_RNDN);
    mpfr_const_pi(step.get(), MPFR_RNDN);
    mpfr_mul_ui(step.get(), step.get(), 2, MPFR_RNDN);
    mpfr_sqrt(step.get(), step.get(), MPFR_RNDN);
    mpfr_div(density.get(), density.get(), step.get(), MPFR_RNDN);

    mpfr_sqrt_ui(step.get(), 2, MPFR_RNDN);
    mpfr_div(step.get(), x.get(), step.get(), MPFR_RNDN);
    mpfr_neg(step.get(), step.get(), MPFR_RNDN);
    mpfr_erfc(step.get(), step.get(), MPFR_RNDN);
    mpfr_div_ui(step.get(), step.get(), 2, MPFR_RNDN);
    mpfr_sub_d(step.get(), step.get(), u, MPFR_RNDN);
    mpfr_div(step.get(), step.get(), density.get(), MPFR_RNDN);
    mpfr_sub(x.get(), x.get(), step.get(), MPFR_RNDN);
  }
}

struct WorstError {
  double ulps = 0.0;
  double at = 0.5;

  void check(double u) {
    MpfrNumber exact;
    const double computed = normal_quantile(u);
    exact_quantile(exact, u, computed);
    const double error = testing::ulp_error(computed, exact);
    if (!(error <= ulps)) {
      ulps = error;
      at = u;
    }
  }
};

/// A rational function of two Horner chains, a division and a product, each within half an ulp, times the conditioning
/// of the tail's square root of a logarithm; AS 241 itself is good to 1e-16.
constexpr double quantile_ulps = 5.0;

TEST(NormalQuantile, WithinAFewUlpsOfMpfr) {
  RandomSource random(20260305);
  WorstError centre, tail, far_tail;
  for (int i = 0; i < fewer_under_sanitizers(15'000); ++i) centre.check(random.uniform(0.075, 0.5));
  for (int i = 0; i < fewer_under_sanitizers(3'000); ++i) centre.check(0.5 - random.log_uniform(-53.0, -3.0));
  for (int i = 0; i < fewer_under_sanitizers(12'000); ++i) tail.check(random.log_uniform(-36.0, -3.74));
  for (int i = 0; i < fewer_under_sanitizers(5'000); ++i) far_tail.check(random.log_uniform(-53.0, -36.0));
  far_tail.check(0x1p-53);
  std::cout << "normal_quantile: worst " << centre.ulps << " ulp in the centre (u = " << centre.at << "), " << tail.ulps
            << " in the tail (" << tail.at << "), " << far_tail.ulps << " beyond it (" << far_tail.at << ")\n";
  EXPECT_LE(centre.ulps, quantile_ulps) << centre.at;
  EXPECT_LE(tail.ulps, quantile_ulps) << tail.at;
  EXPECT_LE(far_tail.ulps, quantile_ulps) << far_tail.at;
}

TEST(NormalQuantile, OddAboutOneHalf) {
  RandomSource random(20260306);
  for (int i = 0; i < 100'000; ++i) {
    // Odd multiples of 2^-53 are the numbers that the generator gives: 1 - u is one as well, exactly.
    const double u = (static_cast<double>(random.bits() >> 12) + 0.5) * 0x1p-52;
    ASSERT_EQ(normal_quantile(1.0 - u), -normal_quantile(u)) << u;
  }
  EXPECT_EQ(normal_quantile(0.5), 0.0);
}

TEST(NormalQuantile, RisesThroughItsThreeApproximations) {
  double previous = -std::numeric_limits<double>::infinity();
  for (int i = 1; i < 20'000; ++i) {
    const double value = normal_quantile(static_cast<double>(i) / 20'000.0);
    ASSERT_GT(value, previous) << i;
    previous = value;
  }
  previous = normal_quantile(0x1p-53);
  for (double u = 0x1.1p-53; u < 0.5; u *= 1.01) {
    const double value = normal_quantile(u);
    ASSERT_GT(value, previous) << u;
    previous = value;
  }
}

}  // namespace
}  // namespace logmargin::normal_quantile_test
