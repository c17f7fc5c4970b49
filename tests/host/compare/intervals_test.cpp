#include "host/compare/intervals.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace logmargin::testing::intervals_test {
namespace {

void expect_interval(const Interval& interval, double low, double high, double within) {
  EXPECT_NEAR(interval.low, low, within);
  EXPECT_NEAR(interval.high, high, within);
}

/// R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872, table I.
TEST(ShareInterval, IsThatOfTheLiterature) {
  expect_interval(share_interval(81, 263), 0.2553, 0.3662, 1e-4);
  expect_interval(share_interval(15, 148), 0.0624, 0.1605, 1e-4);
  expect_interval(share_interval(0, 20), 0.0, 0.1611, 1e-4);
  expect_interval(share_interval(1, 29), 0.0061, 0.1718, 1e-4);
  EXPECT_EQ(share_interval(0, 20).low, 0.0);
  EXPECT_EQ(share_interval(20, 20).high, 1.0);
}

/// R. G. Newcombe, Statistics in Medicine 17 (1998) 873-890, table II.
TEST(IndependentShares, HaveTheIntervalOfTheLiterature) {
  expect_interval(difference_of_independent_shares(48, 80, 56, 70).interval, 0.0524, 0.3339, 1e-4);
  expect_interval(difference_of_independent_shares(3, 10, 9, 10).interval, 0.1705, 0.8090, 1e-4);
  expect_interval(difference_of_independent_shares(2, 7, 6, 7).interval, 0.0582, 0.8062, 1e-4);
  expect_interval(difference_of_independent_shares(0, 29, 5, 56).interval, -0.0381, 0.1926, 1e-4);
  expect_interval(difference_of_independent_shares(0, 20, 0, 10).interval, -0.1611, 0.2775, 1e-4);
  expect_interval(difference_of_independent_shares(0, 20, 10, 10).interval, 0.6791, 1.0, 1e-4);
}

TEST(IndependentShares, HaveTheStandardErrorOfTwoBinomials) {
  const ShareDifference difference = difference_of_independent_shares(30, 100, 50, 400);
  EXPECT_DOUBLE_EQ(difference.difference, 0.125 - 0.3);
  EXPECT_DOUBLE_EQ(difference.standard_error, std::sqrt(0.3 * 0.7 / 100.0 + 0.125 * 0.875 / 400.0));
}

/// The networks one by one: 1 where they have the property.
struct Networks {
  explicit Networks(const PairCounts& counts) {
    const auto add = [this](std::uint64_t count, double in_a, double in_b) {
      a.insert(a.end(), count, in_a);
      b.insert(b.end(), count, in_b);
    };
    add(counts.in_both, 1.0, 1.0);
    add(counts.in_a_alone, 1.0, 0.0);
    add(counts.in_b_alone, 0.0, 1.0);
    add(counts.in_none, 0.0, 0.0);
  }
  std::vector<double> a, b;
};

double mean_of(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double mean_product(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> products;
  for (std::size_t i = 0; i < a.size(); ++i) products.push_back(a[i] * b[i]);
  return mean_of(products);
}

TEST(PairedShares, AreThoseOfTheNetworksOneByOne) {
  for (const PairCounts counts :
       {PairCounts{20, 12, 4, 30}, {212, 144, 256, 707}, {5, 40, 60, 3}, {0, 3, 9, 100}, {70, 0, 2, 0}}) {
    const Networks networks(counts);
    const auto n = static_cast<double>(networks.a.size());
    const double a = mean_of(networks.a);
    const double b = mean_of(networks.b);
    std::vector<double> changes;
    for (std::size_t i = 0; i < networks.a.size(); ++i) changes.push_back(networks.b[i] - networks.a[i]);
    const double variance = mean_product(changes, changes) - mean_of(changes) * mean_of(changes);
    const ShareDifference difference = difference_of_paired_shares(counts);
    EXPECT_NEAR(difference.difference, mean_of(changes), 1e-12);
    EXPECT_NEAR(difference.standard_error, std::sqrt(variance / n), 1e-12);
    // Pearson's correlation of the two columns; a positive one loses 1 / (2 n) of its covariance, down to 0.
    double covariance = mean_product(networks.a, networks.b) - a * b;
    if (covariance > 0.0) covariance = std::max(0.0, covariance - 0.5 / n);
    const double scale = std::sqrt(a * (1.0 - a) * b * (1.0 - b));
    const double correlation = scale > 0.0 ? covariance / scale : 0.0;
    const Interval of_a = share_interval(counts.in_both + counts.in_a_alone, networks.a.size());
    const Interval of_b = share_interval(counts.in_both + counts.in_b_alone, networks.a.size());
    const double down_b = b - of_b.low;
    const double up_a = of_a.high - a;
    const double up_b = of_b.high - b;
    const double down_a = a - of_a.low;
    expect_interval(difference.interval,
                    b - a - std::sqrt(down_b * down_b + up_a * up_a - 2.0 * correlation * down_b * up_a),
                    b - a + std::sqrt(up_b * up_b + down_a * down_a - 2.0 * correlation * up_b * down_a), 1e-12);
  }
}

TEST(PairedShares, OfNetworksThatDoNotChangeAreKnownFarBetterThanOfIndependentOnes) {
  const ShareDifference paired = difference_of_paired_shares({2500, 0, 0, 7500});
  const ShareDifference independent = difference_of_independent_shares(2500, 10000, 2500, 10000);
  EXPECT_EQ(paired.difference, 0.0);
  EXPECT_EQ(paired.standard_error, 0.0);
  EXPECT_LT(paired.interval.high, 0.03 * independent.interval.high);
  EXPECT_GT(paired.interval.high, 0.0);
}

std::vector<Bar> numbers_to(int last) {
  std::vector<Bar> bars;
  for (int i = 1; i <= last; ++i) bars.push_back({i - 0.25, i + 0.25, 1});
  return bars;
}

TEST(MedianInterval, IsOfOrderStatistics) {
  expect_interval(median_interval(numbers_to(100)), 39.75, 61.25, 0.0);
  expect_interval(median_interval(numbers_to(8)), 0.75, 8.25, 0.0);
  EXPECT_FALSE(median_interval(numbers_to(7)).known());
  EXPECT_FALSE(median_interval({}).known());
  const std::vector<Bar> alike = {{2.0, 2.0, 1000}, {3.0, 4.0, 1}};
  expect_interval(median_interval(alike), 2.0, 2.0, 0.0);
}

/// The probability that the median lies between the values of rank and n + 1 - rank: that of a binomial.
TEST(MedianInterval, HoldsTheMedianInNineteenOfTwentySamples) {
  for (const int n : {8, 9, 20, 33, 100, 501}) {
    const Interval interval = median_interval(numbers_to(n));
    const int rank = static_cast<int>(interval.low + 0.25);
    double probability = 0.0;
    for (int k = rank; k <= n - rank; ++k) {
      probability +=
          std::exp(std::lgamma(n + 1.0) - std::lgamma(k + 1.0) - std::lgamma(n - k + 1.0) - n * std::log(2.0));
    }
    EXPECT_GT(probability, 0.945) << n;
    EXPECT_LT(probability, n < 100 ? 1.0 : 0.97) << n;
  }
}

TEST(IntervalOfDifference, AddsTheDistancesToTheLimitsAsSquares) {
  expect_interval(interval_of_difference(1.0, {0.0, 4.0}, 10.0, {6.0, 22.0}), 9.0 - 5.0, 9.0 + std::sqrt(145.0), 1e-12);
  EXPECT_FALSE(interval_of_difference(1.0, {}, 10.0, {6.0, 22.0}).known());
  EXPECT_FALSE(interval_of_difference(1.0, {0.0, 4.0}, 10.0, {}).known());
}

}  // namespace
}  // namespace logmargin::testing::intervals_test
