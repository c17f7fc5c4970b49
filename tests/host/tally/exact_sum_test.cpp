#include "host/tally/exact_sum.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "tests/support/mpfr_number.hpp"
#include "tests/support/random_source.hpp"

namespace logmargin::exact_sum_test {
namespace {

using testing::MpfrNumber;
using testing::RandomSource;

/// Bits from 2^-1074 to beyond 2^1024 times any count: sums in MPFR are exact.
constexpr mpfr_prec_t exact_precision = 2400;

void expect_sum(const ExactSum& sum, const MpfrNumber& exact) {
  if (mpfr_zero_p(exact.get())) {
    EXPECT_EQ(sum.rounded(), 0.0);
  } else {
    // The bound that the header states.
    EXPECT_LE(testing::ulp_error(sum.rounded(), exact), 1.0) << sum.rounded();
  }
}

void check_sum_of(const std::vector<double>& values) {
  ExactSum sum;
  MpfrNumber exact(exact_precision);
  mpfr_set_zero(exact.get(), 1);
  for (const double value : values) {
    sum.add(value);
    ASSERT_EQ(mpfr_add_d(exact.get(), exact.get(), value, MPFR_RNDN), 0) << "the check is not exact";
  }
  expect_sum(sum, exact);
}

std::vector<double> numbers(RandomSource& random, int count, double low_exponent, double high_exponent) {
  std::vector<double> values;
  for (int i = 0; i < count; ++i) values.push_back(random.sign() * random.log_uniform(low_exponent, high_exponent));
  return values;
}

TEST(ExactSum, AgreesWithMpfr) {
  RandomSource random(20260360);
  for (int trial = 0; trial < 200; ++trial) {
    const double low = random.uniform(-1080.0, 1000.0);
    check_sum_of(numbers(random, 1 + static_cast<int>(random.below(200)), low,
                         std::min(1020.0, low + random.uniform(0.0, 2100.0))));
  }
}

TEST(ExactSum, OfDigitsThatNoSumHasIsDefined) {
  std::array<std::int64_t, long_sum_digits> digits{};
  for (const std::int64_t top : {std::int64_t{1} << 60, -(std::int64_t{1} << 60)}) {
    digits.back() = top;
    ExactSum one;
    one.add_digits(digits);
    ExactSum all;
    // Eight leave the range; under sanitizers that would end the test.
    for (int files = 0; files < 100; ++files) {
      all += one;
      EXPECT_FALSE(std::isnan(all.rounded()));
    }
  }
}

TEST(ExactSum, SurvivesCancellation) {
  RandomSource random(20260361);
  for (int trial = 0; trial < 100; ++trial) {
    std::vector<double> values = numbers(random, 100, -300.0, 300.0);
    const std::size_t large = values.size();
    for (std::size_t i = 0; i < large; ++i) values.push_back(-values[i]);
    check_sum_of(values);
    values.push_back(random.sign() * random.log_uniform(-1074.0, -400.0));
    std::reverse(values.begin(), values.end());
    check_sum_of(values);
    ExactSum sum;
    for (const double value : values) sum.add(value);
    EXPECT_EQ(sum.rounded(), values.front());
  }
}

TEST(ExactSum, SubnormalZeroAndLargestNumbers) {
  constexpr double least = std::numeric_limits<double>::denorm_min();
  constexpr double largest = std::numeric_limits<double>::max();
  EXPECT_EQ(ExactSum().rounded(), 0.0);
  check_sum_of({0.0, -0.0});
  check_sum_of({least});
  check_sum_of({-least, -least, -least});
  check_sum_of({least, -std::numeric_limits<double>::min()});
  check_sum_of({largest, least, -largest});
  check_sum_of({largest, largest, -largest, -least});
  check_sum_of({-1.0, 0x1p-1074});
  check_sum_of({1.0, 0x1p-53, 0x1p-110});
  ExactSum overflowing;
  for (int i = 0; i < 10; ++i) overflowing.add(largest);
  EXPECT_EQ(overflowing.rounded(), std::numeric_limits<double>::infinity());
  for (int i = 0; i < 9; ++i) overflowing.add(-largest);
  EXPECT_EQ(overflowing.rounded(), largest);
}

TEST(ExactSum, AnyOrderAndAnyGroupingGiveTheSameBits) {
  RandomSource random(20260362);
  std::vector<double> values = numbers(random, 5000, -900.0, 900.0);
  ExactSum first;
  for (const double value : values) first.add(value);
  for (int trial = 0; trial < 20; ++trial) {
    for (std::size_t i = values.size() - 1; i > 0; --i) std::swap(values[i], values[random.below(i + 1)]);
    std::vector<ExactSum> parts(1 + random.below(9));
    for (const double value : values) parts[random.below(parts.size())].add(value);
    ExactSum sum;
    for (const ExactSum& part : parts) sum += part;
    ASSERT_TRUE(testing::same_bits(sum.rounded(), first.rounded()));
  }
}

TEST(ExactSum, CarriesBeforeADigitOverflows) {
  // Doubling passes 2^29 pending adds, where the carry is due, after 29 rounds, and 2^63 long before the last.
  RandomSource random(20260363);
  for (const double sign : {1.0, -1.0}) {
    ExactSum sum;
    MpfrNumber exact(exact_precision);
    mpfr_set_zero(exact.get(), 1);
    for (int i = 0; i < 1000; ++i) {
      // All digits of the mantissa set: every digit of the sum grows as fast as it can.
      const double value = sign * std::ldexp(2.0 - 0x1p-52, static_cast<int>(random.below(64)) - 32);
      sum.add(value);
      mpfr_add_d(exact.get(), exact.get(), value, MPFR_RNDN);
    }
    for (int round = 0; round < 300; ++round) {
      const ExactSum same = sum;
      sum += same;
      mpfr_mul_2ui(exact.get(), exact.get(), 1, MPFR_RNDN);
      expect_sum(sum, exact);
      const double value = sign * random.log_uniform(-20.0, 20.0);
      sum.add(value);
      mpfr_add_d(exact.get(), exact.get(), value, MPFR_RNDN);
      expect_sum(sum, exact);
    }
  }
}

TEST(ExactSum, AddsToItself) {
  ExactSum sum;
  sum.add(0.1);
  for (int round = 0; round < 100; ++round) sum += sum;
  EXPECT_EQ(sum.rounded(), std::ldexp(0.1, 100));
}

}  // namespace
}  // namespace logmargin::exact_sum_test
