#include "host/tally/histogram.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <map>

#include "tests/support/random_source.hpp"
#include "tests/support/value_ranges.hpp"

namespace logmargin::histogram_test {
namespace {

using testing::RandomSource;

constexpr double least_normal = std::numeric_limits<double>::min();

TEST(BinMiddle, RelativeIsWithinAFifthOfAPercent) {
  for (const double value : testing::values_of_all_sizes(20260351)) {
    const double middle = bin_middle(BinScale::relative, bin_of(BinScale::relative, value));
    // Half of one of 256 bins an octave; subnormal numbers, too coarse for that, keep half a bin of 2^-1030.
    const double tolerance = std::fabs(value) < least_normal ? 0x1p-1031 : std::fabs(value) / 512.0;
    ASSERT_LE(std::fabs(middle - value), tolerance) << value;
  }
  EXPECT_EQ(bin_middle(BinScale::relative, bin_of(BinScale::relative, 0.0)), 0.0);
}

TEST(BinMiddle, AbsoluteIsWithinHalfABin) {
  for (const double value : testing::values_of_all_sizes(20260352)) {
    const double middle = bin_middle(BinScale::absolute, bin_of(BinScale::absolute, value));
    const double magnitude = std::fabs(value);
    // 0.0025, and the rounding of value / 0.005 and of the product back.
    const double tolerance = magnitude > 1e6 ? magnitude / 512.0 : 0.0025 + 2e-16 * magnitude;
    ASSERT_LE(std::fabs(middle - value), tolerance) << value;
  }
}

TEST(Histogram, CountsLikeAMapAndListsInRisingOrder) {
  RandomSource random(20260353);
  Histogram histogram;
  std::map<std::int64_t, std::uint64_t> expected;
  EXPECT_TRUE(histogram.sorted().empty());
  for (int i = 0; i < 50'000; ++i) {
    const double spread = i % 2 == 0 ? 100.0 : 1e9;
    const auto bin = static_cast<std::int64_t>(random.uniform(-spread, spread));
    const std::uint64_t count = random.below(5) == 0 ? std::uint64_t{1} << 33 : 1;
    histogram.add(bin, count);
    expected[bin] += count;
  }
  const std::vector<std::pair<std::int64_t, std::uint64_t>> listed(expected.begin(), expected.end());
  EXPECT_EQ(histogram.sorted(), listed);
}

TEST(Histogram, AddsInAnyOrderToTheSame) {
  RandomSource random(20260354);
  Histogram whole;
  std::vector<Histogram> parts(7);
  for (int i = 0; i < 20'000; ++i) {
    const auto bin = static_cast<std::int64_t>(1000.0 * random.normal());
    whole.add(bin);
    parts[random.below(parts.size())].add(bin);
  }
  Histogram forwards, backwards;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    forwards += parts[i];
    backwards += parts[parts.size() - 1 - i];
  }
  EXPECT_EQ(forwards.sorted(), whole.sorted());
  EXPECT_EQ(backwards.sorted(), whole.sorted());
  forwards += Histogram();
  EXPECT_EQ(forwards.sorted(), whole.sorted());
}

}  // namespace
}  // namespace logmargin::histogram_test
