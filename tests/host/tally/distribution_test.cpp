#include "host/tally/distribution.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <ostream>
#include <vector>

#include "tests/support/random_source.hpp"
#include "tests/support/tally_bits.hpp"

namespace logmargin::distribution_test {
namespace {

using testing::RandomSource;

constexpr std::array<std::uint64_t, 7> percents = {1, 5, 25, 50, 75, 95, 99};

/// The order statistic ceil(percent count / 100), in integers.
double order_statistic(const std::vector<double>& sorted, std::uint64_t percent) {
  return sorted[(percent * sorted.size() + 99) / 100 - 1];
}

void check_against_order_statistics(BinScale scale, std::vector<double> values) {
  Distribution distribution(scale);
  long double sum = 0.0L;
  for (const double value : values) {
    distribution.add(value);
    sum += value;
  }
  std::sort(values.begin(), values.end());
  const Quantiles quantiles = distribution.quantiles();
  ASSERT_EQ(quantiles.count, values.size());
  EXPECT_EQ(quantiles.min, values.front());
  EXPECT_EQ(quantiles.max, values.back());
  long double magnitudes = 0.0L;
  for (const double value : values) magnitudes += std::fabs(value);
  const auto count = static_cast<long double>(values.size());
  // A long double sum rounds each time; the mean is one double.
  EXPECT_LE(std::fabs(quantiles.mean - sum / count), magnitudes / count * (0x1p-52L + count * 0x1p-64L) + 0x1p-1074L);
  for (std::size_t level = 0; level < percents.size(); ++level) {
    const double exact = order_statistic(values, percents[level]);
    const double error = std::fabs(quantiles.at_level[level] - exact);
    // The promise of the output: 1 % relative, 0.01 absolute. Subnormal numbers keep half a bin of 2^-1030.
    const double one_percent = std::max(0.01 * std::fabs(exact), 0x1p-1031);
    const double tolerance = scale == BinScale::absolute ? std::max(0.01, one_percent) : one_percent;
    EXPECT_LE(error, tolerance) << "level " << quantile_levels[level] << ", exact " << exact;
  }
}

struct Shape {
  const char* name;
  std::function<double(RandomSource&)> draw;
};

/// The name of a test's instance.
void PrintTo(const Shape& shape, std::ostream* out) { *out << shape.name; }

class DistributionShape : public ::testing::TestWithParam<Shape> {};

TEST_P(DistributionShape, QuantilesAreThoseOfTheSortedValues) {
  RandomSource random(20260370);
  for (const int count : {1, 2, 3, 19, 20, 21, 99, 100, 101, 1000, 20'000}) {
    std::vector<double> values;
    for (int i = 0; i < count; ++i) values.push_back(GetParam().draw(random));
    check_against_order_statistics(BinScale::relative, values);
    check_against_order_statistics(BinScale::absolute, values);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, DistributionShape,
    ::testing::Values(Shape{"Normal", [](RandomSource& r) { return r.normal(); }},
                      Shape{"Exponential", [](RandomSource& r) { return -std::log(r.unit()); }},
                      Shape{"Cauchy", [](RandomSource& r) { return std::tan(3.14159 * (r.unit() - 0.5)); }},
                      Shape{"LogUniform", [](RandomSource& r) { return r.sign() * r.log_uniform(-1070.0, 1000.0); }},
                      Shape{"Subnormal", [](RandomSource& r) { return r.sign() * r.log_uniform(-1074.0, -1010.0); }},
                      Shape{"Millions", [](RandomSource& r) { return 1e6 * r.normal(); }},
                      Shape{"HalfZeros", [](RandomSource& r) { return r.below(2) == 0 ? 0.0 : r.normal(); }},
                      Shape{"Constant", [](RandomSource&) { return 0.7312; }},
                      Shape{"NearlyConstant", [](RandomSource& r) { return 1.0 + 1e-9 * r.normal(); }},
                      Shape{"TwoValues", [](RandomSource& r) { return r.below(10) == 0 ? -3e5 : 2e-7; }}));

TEST(Distribution, TakesTheRightOrderStatisticAtEveryCount) {
  Distribution distribution(BinScale::relative);
  std::vector<double> values;
  for (int count = 1; count <= 400; ++count) {
    // Half an octave apart: no two share a bin, so a neighbouring order statistic is a gross error.
    values.push_back(std::exp2(count / 2.0));
    distribution.add(values.back());
    const Quantiles quantiles = distribution.quantiles();
    for (std::size_t level = 0; level < percents.size(); ++level) {
      const double exact = order_statistic(values, percents[level]);
      ASSERT_NEAR(quantiles.at_level[level], exact, 0.01 * exact) << count;
    }
  }
}

TEST(Distribution, MergedPartsReportWhatTheWholeDoes) {
  RandomSource random(20260371);
  for (const BinScale scale : {BinScale::relative, BinScale::absolute}) {
    Distribution whole(scale);
    std::vector<Distribution> parts(5, Distribution(scale));
    for (int i = 0; i < 10'000; ++i) {
      const double value = random.sign() * random.log_uniform(-100.0, 60.0);
      whole.add(value);
      parts[random.below(parts.size() - 1)].add(value);
    }
    Distribution merged(scale);
    for (std::size_t i = parts.size(); i-- > 0;) merged += parts[i];
    EXPECT_EQ(testing::bits_of(merged), testing::bits_of(whole));
    EXPECT_EQ(merged.count(), 10'000U);
  }
}

TEST(Distribution, ManyValuesAtOnceAreTheSameAsOneByOne) {
  RandomSource random(20261206);
  for (const BinScale scale : {BinScale::relative, BinScale::absolute}) {
    Distribution one_by_one(scale);
    Distribution at_once(scale);
    for (const std::size_t count : {0, 1, 2, 511, 512, 513, 3000}) {
      std::vector<double> values(count);
      for (double& value : values) {
        value = random.below(2) == 0 ? 5.0 * random.normal() : random.sign() * random.log_uniform(-1074.0, 1023.0);
        if (random.below(20) == 0) value = std::copysign(0.0, random.sign());
        if (random.below(20) == 0) value = random.sign() * std::numeric_limits<double>::infinity();
        if (random.below(20) == 0) value = std::numeric_limits<double>::quiet_NaN();
      }
      for (const double value : values) one_by_one.add(value);
      at_once.add_all(values);
      ASSERT_EQ(testing::bits_of(at_once), testing::bits_of(one_by_one)) << count;
    }
  }
}

TEST(Distribution, LeavesOutWhatIsNotFinite) {
  Distribution distribution(BinScale::relative);
  distribution.add(std::numeric_limits<double>::quiet_NaN());
  distribution.add(std::numeric_limits<double>::infinity());
  distribution.add(-std::numeric_limits<double>::infinity());
  EXPECT_EQ(distribution.count(), 0U);
  const Quantiles none = distribution.quantiles();
  EXPECT_EQ(none.count, 0U);
  EXPECT_TRUE(std::isnan(none.min) && std::isnan(none.max) && std::isnan(none.mean));
  for (const double value : none.at_level) EXPECT_TRUE(std::isnan(value));
  distribution.add(2.0);
  EXPECT_EQ(distribution.quantiles().count, 1U);
  EXPECT_EQ(distribution.quantiles().mean, 2.0);
}

TEST(Distribution, NegativeZeroCountsAsZero) {
  Distribution negative(BinScale::absolute), positive(BinScale::absolute);
  negative.add(-0.0);
  positive.add(0.0);
  EXPECT_EQ(testing::bits_of(negative), testing::bits_of(positive));
  EXPECT_FALSE(std::signbit(negative.quantiles().min));
  Distribution of_many(BinScale::absolute);
  of_many.add_all(std::vector{-0.0});
  EXPECT_EQ(testing::bits_of(of_many), testing::bits_of(positive));
}

TEST(Distribution, MeanStaysBetweenTheExtremes) {
  Distribution distribution(BinScale::relative);
  for (int i = 0; i < 10; ++i) distribution.add(0.1);
  EXPECT_EQ(distribution.quantiles().mean, 0.1);
  EXPECT_EQ(distribution.quantiles().at_level[3], 0.1);
}

TEST(Quantiles, ScaledTimesAPositiveFactorAndByNothingElse) {
  Distribution distribution(BinScale::relative);
  for (const double value : {1.0, 2.0, 4.5}) distribution.add(value);
  const Quantiles plain = distribution.quantiles();
  const Quantiles twice = scaled(plain, 2.0);
  EXPECT_EQ(twice.count, 3U);
  EXPECT_EQ(twice.min, 2.0);
  EXPECT_EQ(twice.max, 9.0);
  EXPECT_EQ(twice.mean, 5.0);
  for (std::size_t level = 0; level < plain.at_level.size(); ++level) {
    EXPECT_EQ(twice.at_level[level], 2.0 * plain.at_level[level]);
  }
  for (const double factor :
       {0.0, -1.0, std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()}) {
    EXPECT_EQ(scaled(plain, factor).count, 0U) << factor;
  }
}

TEST(Distribution, BinnedValuesRiseAndKeepTheCounts) {
  Distribution distribution(BinScale::absolute);
  EXPECT_TRUE(distribution.binned().empty());
  distribution.add(2.0, 3);
  distribution.add(-1.2501);
  distribution.add(-1.2502);
  distribution.add(0.0026);
  const auto binned = distribution.binned();
  ASSERT_EQ(binned.size(), 3U);
  EXPECT_NEAR(binned[0].first, -1.2502, 1e-3) << "within the least and the largest value";
  EXPECT_EQ(binned[0].second, 2U);
  EXPECT_NEAR(binned[1].first, 0.0025, 1e-12);
  EXPECT_EQ(binned[1].second, 1U);
  EXPECT_EQ(binned[2].first, 2.0);
  EXPECT_EQ(binned[2].second, 3U);
}

TEST(Distribution, BarsEndWhereTheValuesDo) {
  Distribution distribution(BinScale::relative);
  EXPECT_TRUE(distribution.bars().empty());
  distribution.add(0.99999999999);
  distribution.add(1.00000000001, 4);
  const std::vector<Bar> bars = distribution.bars();
  ASSERT_EQ(bars.size(), 2U);
  EXPECT_EQ(bars.front().low, 0.99999999999);
  EXPECT_EQ(bars.front().high, 1.0);
  EXPECT_EQ(bars.back().high, 1.00000000001);
  EXPECT_EQ(bars.back().count, 4U);
}

TEST(Distribution, BarsBeyondTheAbsoluteScaleRise) {
  // log10 of times to a gap may be of any size; the bins beyond a million are relative ones.
  Distribution distribution(BinScale::absolute);
  for (int i = 0; i < 150; ++i) distribution.add(20.0 + i);
  for (const double value : {3833037.0, 8211819.0, 9501968.0, 38305733.0}) distribution.add(value);
  std::uint64_t count = 0;
  double end = -1.0;
  for (const Bar& bar : distribution.bars()) {
    EXPECT_LT(bar.low, bar.high);
    EXPECT_GE(bar.low, end);
    end = bar.high;
    count += bar.count;
  }
  EXPECT_EQ(count, 154U);
  EXPECT_GE(end, 38305733.0);
  EXPECT_LE(bin_low(BinScale::absolute, beyond_absolute), 1e6) << "where bins begin that hold nothing";
  EXPECT_GE(bin_low(BinScale::absolute, beyond_absolute), 1e6);
}

}  // namespace
}  // namespace logmargin::distribution_test
