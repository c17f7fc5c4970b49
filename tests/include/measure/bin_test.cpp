#include "logmargin/measure/bin.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/value_ranges.hpp"

namespace logmargin::bin_test {
namespace {

TEST(Bins, RiseWithTheValue) {
  std::vector<double> values = testing::values_of_all_sizes(20260350);
  std::sort(values.begin(), values.end());
  for (const BinScale scale : {BinScale::relative, BinScale::absolute}) {
    for (std::size_t i = 1; i < values.size(); ++i) {
      ASSERT_LE(bin_of(scale, values[i - 1]), bin_of(scale, values[i])) << values[i - 1] << ' ' << values[i];
    }
  }
}

TEST(Bins, ZeroHasItsOwnOnTheRelativeScale) {
  constexpr double least = std::numeric_limits<double>::denorm_min();
  EXPECT_EQ(bin_of(BinScale::relative, 0.0), 0);
  EXPECT_EQ(bin_of(BinScale::relative, -0.0), 0);
  EXPECT_GT(bin_of(BinScale::relative, least), 0);
  EXPECT_LT(bin_of(BinScale::relative, -least), 0);
}

TEST(Bins, RelativeOnesAreMirrored) {
  for (const double value : testing::values_of_all_sizes(20260355)) {
    ASSERT_EQ(bin_of(BinScale::relative, -value), -bin_of(BinScale::relative, value)) << value;
  }
}

TEST(Bins, TwoHundredAndFiftySixAnOctaveAndTwoHundredAUnit) {
  EXPECT_EQ(bin_of(BinScale::relative, 2.0) - bin_of(BinScale::relative, 1.0), 256);
  EXPECT_EQ(bin_of(BinScale::relative, 0x1p-900) - bin_of(BinScale::relative, 0x1p-901), 256);
  EXPECT_EQ(bin_of(BinScale::absolute, 7.001) - bin_of(BinScale::absolute, 6.001), 200);
  EXPECT_EQ(bin_of(BinScale::absolute, 1.25), 250);
  EXPECT_EQ(bin_of(BinScale::absolute, -1.25), -250);
  EXPECT_EQ(bin_of(BinScale::absolute, 0.001), 0);
  EXPECT_EQ(bin_of(BinScale::absolute, -0.001), -1);
}

TEST(Bins, TheAbsoluteScaleNeverMeetsTheRelativeOneBeyondIt) {
  const double outside = std::nextafter(widest_absolute, std::numeric_limits<double>::infinity());
  EXPECT_LT(bin_of(BinScale::absolute, widest_absolute), beyond_absolute);
  EXPECT_GE(bin_of(BinScale::absolute, outside), beyond_absolute);
  EXPECT_GT(bin_of(BinScale::absolute, -widest_absolute), -beyond_absolute);
  EXPECT_LE(bin_of(BinScale::absolute, -outside), -beyond_absolute);
}

}  // namespace
}  // namespace logmargin::bin_test
