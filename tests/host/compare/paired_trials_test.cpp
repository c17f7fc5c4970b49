#include "host/compare/paired_trials.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "host/error.hpp"
#include "tests/support/random_source.hpp"

namespace logmargin::testing::paired_trials_test {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// A cell in memory, which says how many values were asked for at once.
class TrialsInMemory final : public ListedTrials {
 public:
  explicit TrialsInMemory(std::vector<double> trials) {
    for (const char* column : {"outcome", "w1_initial", "b1_initial", "w2_initial", "b2_initial", "gap", "time"}) {
      columns[column].assign(trials.size(), 0.0);
    }
    columns["trial"] = std::move(trials);
  }

  /// The same columns once more.
  TrialsInMemory(const TrialsInMemory& other) : ListedTrials(), columns(other.columns) {}

  std::string config() const override { return {}; }
  void go_to(std::size_t) override {}
  bool has(const std::string& column) const override { return columns.contains(column); }
  std::uint64_t rows() const override { return columns.at("trial").size(); }
  void read(const std::string& column, std::uint64_t first, std::span<double> values) const override {
    most_at_once = std::max(most_at_once, values.size());
    const std::vector<double>& from = columns.at(column);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = from.at(first + i);
  }

  std::map<std::string, std::vector<double>> columns;
  mutable std::size_t most_at_once = 0;
};

const std::vector<ListedQuantity> gap_and_time = {{"gap", BinScale::relative}, {"time", BinScale::absolute}};

TEST(PairedTrials, CountsOutcomesAndSignsNetworkByNetwork) {
  TrialsInMemory a({0, 1, 2, 3, 4, 5});
  TrialsInMemory b = a;
  a.columns["outcome"] = {0, 0, 1, 1, 2, 0};
  b.columns["outcome"] = {0, 1, 1, 0, 2, 0};
  a.columns["gap"] = {1.0, 2.0, nan, 4.0, 5.0, nan};
  b.columns["gap"] = {0.5, 2.0, 3.0, 6.0, 5.25, nan};
  a.columns["time"] = {-infinity, -infinity, infinity, 2.0, 3.0, nan};
  b.columns["time"] = {-infinity, 7.0, infinity, infinity, 1.0, 2.0};
  const PairedTrials paired = paired_trials(a, b, gap_and_time, true);
  EXPECT_EQ(paired.networks, 6U);
  EXPECT_EQ(paired.other_starts, 0U);
  EXPECT_EQ(paired.outcome[0][0], 2U);
  EXPECT_EQ(paired.outcome[0][1], 1U);
  EXPECT_EQ(paired.outcome[1][0], 1U);
  EXPECT_EQ(paired.outcome[1][1], 1U);
  EXPECT_EQ(paired.outcome[2][2], 1U);
  const PairedQuantity& gap = paired.quantities[0];
  EXPECT_EQ(gap.smaller_in_b, 1U);
  EXPECT_EQ(gap.equal, 1U);
  EXPECT_EQ(gap.larger_in_b, 2U);
  EXPECT_EQ(gap.differences.quantiles().count, 4U);
  EXPECT_EQ(gap.differences.quantiles().min, -0.5);
  EXPECT_EQ(gap.differences.quantiles().max, 2.0);
  const PairedQuantity& time = paired.quantities[1];
  EXPECT_EQ(time.smaller_in_b, 1U);
  EXPECT_EQ(time.equal, 2U) << "infinite times of one sign";
  EXPECT_EQ(time.larger_in_b, 2U);
  EXPECT_EQ(time.differences.quantiles().count, 1U);
  EXPECT_EQ(time.differences.quantiles().min, -2.0);
}

TEST(PairedTrials, PairsTheSameTrialsBlockByBlock) {
  // More than two blocks, and another part of the trials in each.
  std::vector<double> in_a;
  std::vector<double> in_b;
  for (int i = 0; i < 60000; ++i) {
    if (i % 3 != 0) in_a.push_back(i);
    if (i % 5 != 0 && i > 100) in_b.push_back(i);
  }
  TrialsInMemory a(in_a);
  TrialsInMemory b(in_b);
  for (std::size_t i = 0; i < in_a.size(); ++i) a.columns["gap"][i] = in_a[i];
  for (std::size_t i = 0; i < in_b.size(); ++i) b.columns["gap"][i] = in_b[i] + 0.5;
  const PairedTrials paired = paired_trials(a, b, gap_and_time, true);
  std::uint64_t expected = 0;
  for (int i = 101; i < 60000; ++i) expected += i % 3 != 0 && i % 5 != 0 ? 1 : 0;
  EXPECT_EQ(paired.networks, expected);
  EXPECT_EQ(paired.quantities[0].larger_in_b, expected);
  EXPECT_EQ(paired.quantities[0].differences.quantiles().min, 0.5);
  EXPECT_EQ(paired.quantities[0].differences.quantiles().max, 0.5);
  EXPECT_LE(std::max(a.most_at_once, b.most_at_once), 16384U);
}

TEST(PairedTrials, CountsNetworksThatBeganElsewhere) {
  TrialsInMemory a({0, 1, 2, 3});
  TrialsInMemory b = a;
  b.columns["w2_initial"][2] = 1e-9;
  b.columns["b1_initial"][3] = nan;
  EXPECT_EQ(paired_trials(a, b, gap_and_time, true).other_starts, 2U);
  EXPECT_EQ(paired_trials(a, b, gap_and_time, false).other_starts, 0U);
}

TEST(PairedTrials, RefusesRowsThatAreNoTrialsInTheirOrder) {
  const TrialsInMemory well({0, 1, 2, 3});
  EXPECT_THROW(paired_trials(TrialsInMemory({0, 2, 1, 3}), well, gap_and_time, true), FileError);
  EXPECT_THROW(paired_trials(well, TrialsInMemory({0, 1, 1, 3}), gap_and_time, true), FileError);
  EXPECT_THROW(paired_trials(well, TrialsInMemory({0, nan, 2, 3}), gap_and_time, true), FileError);
  for (const double outcome : {7.0, -1.0, nan}) {
    TrialsInMemory other = well;
    other.columns["outcome"][1] = outcome;
    EXPECT_THROW(paired_trials(well, other, gap_and_time, true), FileError) << outcome;
  }
}

TEST(PairedTrials, NoRowsAreNoPairs) {
  const TrialsInMemory none({});
  EXPECT_EQ(paired_trials(none, TrialsInMemory({0, 1}), gap_and_time, true).networks, 0U);
}

TEST(ListedDistributions, AreThoseOfAllRows) {
  std::vector<double> trials(40000);
  TrialsInMemory listed(trials);
  RandomSource random(1);
  for (double& gap : listed.columns["gap"]) gap = random.uniform(0.001, 10.0);
  listed.columns["time"][39999] = infinity;
  listed.columns["time"][39998] = 5.0;
  const std::vector<Distribution> found = listed_distributions(listed, gap_and_time);
  Distribution expected(BinScale::relative);
  expected.add_all(listed.columns["gap"]);
  EXPECT_EQ(found[0].quantiles().median(), expected.quantiles().median());
  EXPECT_EQ(found[0].count(), 40000U);
  EXPECT_EQ(found[1].count(), 39999U);
  EXPECT_EQ(found[1].quantiles().max, 5.0);
  EXPECT_EQ(listed.most_at_once, 16384U);
}

}  // namespace
}  // namespace logmargin::testing::paired_trials_test
