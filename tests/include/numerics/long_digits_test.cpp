#include "logmargin/numerics/long_digits.hpp"

#include <gtest/gtest.h>

#include "tests/support/mpfr_number.hpp"
#include "tests/support/value_ranges.hpp"

namespace logmargin::long_digits_test {
namespace {

TEST(LongDigits, AddUpToTheNumberItself) {
  for (const double value : testing::values_of_all_sizes(20260356)) {
    const LongDigits parts = long_digits(value);
    ASSERT_GE(parts.lowest, 0) << value;
    ASSERT_LT(parts.lowest + 2, long_sum_digits) << value;
    testing::MpfrNumber sum(256), term(256);
    mpfr_set_zero(sum.get(), 1);
    for (int i = 0; i < 3; ++i) {
      const std::int64_t digit = parts.digit[i];
      ASSERT_LT(std::abs(digit), std::int64_t{1} << 33) << value;
      ASSERT_TRUE(digit == 0 || (digit < 0) == (value < 0.0)) << value;
      mpfr_set_si_2exp(term.get(), digit, long_digit_bits * (parts.lowest + i) - 1074, MPFR_RNDN);
      mpfr_add(sum.get(), sum.get(), term.get(), MPFR_RNDN);
    }
    ASSERT_EQ(mpfr_cmp_d(sum.get(), value), 0) << value;
  }
}

}  // namespace
}  // namespace logmargin::long_digits_test
