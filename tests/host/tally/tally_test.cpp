#include "host/tally/tally.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "logmargin/measure/fit_window.hpp"
#include "logmargin/stepping/time_to_gap.hpp"
#include "tests/support/random_source.hpp"
#include "tests/support/tally_bits.hpp"

namespace logmargin::tally_test {
namespace {

using testing::RandomSource;

const Problem default_data = make_problem(1.0, -1.0, 0.1);

/// A window of four recorded t, and the sums of the gap constant/ln t over it.
struct InverseLogWindow {
  FitWindow window{4, 0.0, 0.0, 0.0};
  FitSums<double> sums{};

  explicit InverseLogWindow(double constant) {
    const std::vector<double> ln_t = {2.0, 4.0, 6.0, 8.0};
    double mean_ln = 0.0, mean_ln_ln = 0.0;
    for (const double x : ln_t) {
      mean_ln += x / 4.0;
      mean_ln_ln += std::log(x) / 4.0;
    }
    window.mean_ln_t = mean_ln;
    std::vector<RecordedTime> times;
    for (const double x : ln_t) {
      times.push_back({std::exp(x), x - mean_ln, std::log(x) - mean_ln_ln, true, x == ln_t.front()});
      window.sum_of_squares_ln_t += times.back().centred_ln_t * times.back().centred_ln_t;
      window.sum_of_squares_ln_ln_t += times.back().centred_ln_ln_t * times.back().centred_ln_ln_t;
    }
    set_fit_nodes(times, window);
    for (std::size_t i = 0; i < times.size(); ++i) logmargin::add(sums, times[i], constant / ln_t[i]);
  }
};

/// A network at the horizon of a run with one fit.
void add(HorizonTally& tally, const Network<double>& network, const Dip<double>& dip, const InverseLogWindow& fit,
         std::vector<double> log10_t_eps = {}) {
  Schedule schedule;
  schedule.fits.push_back({1e4, fit.window, {}});
  schedule.horizon = 1e4;
  const HorizonState state = {default_data,
                              network,
                              observe(default_data, network),
                              classify(default_data, network),
                              std::numeric_limits<double>::quiet_NaN(),
                              dip,
                              {fit.sums},
                              std::move(log10_t_eps)};
  logmargin::add(tally, trial_values(state, schedule));
}

TEST(HorizonTally, AConvergingNetworkBringsItsDipItsRatesAndItsConstant) {
  const InverseLogWindow fit(0.25);
  HorizonTally tally;
  add(tally, {9.0, -1.5, -0.5, 9.0}, {0.125, 100.0}, fit);
  EXPECT_EQ(tally.outcome, (std::array<std::uint64_t, outcomes>{1}));
  EXPECT_EQ(tally.dead_points, (std::array<std::uint64_t, 3>{1, 0, 0}));
  EXPECT_EQ(tally.dip_margin.quantiles().min, 0.125);
  EXPECT_EQ(tally.dip_log10_t.quantiles().min, 2.0);
  EXPECT_EQ(tally.limiting_constant.quantiles().min, 0.5);
  // A handful of operations on numbers of order one.
  constexpr double tolerance = 1e-12;
  EXPECT_NEAR(tally.fit[0].inverse_log_constant.quantiles().min, 0.25, tolerance);
  EXPECT_NEAR(tally.fit[0].constant_ratio.quantiles().min, 0.5, tolerance);
  EXPECT_NEAR(tally.fit[0].inverse_log_r2.quantiles().min, 1.0, tolerance);
  EXPECT_NEAR(tally.fit[0].log_exponent.quantiles().min, 1.0, tolerance);
  EXPECT_EQ(tally.fit[0].power_exponent.count(), 1U);
  EXPECT_EQ(tally.fit[0].best[static_cast<std::size_t>(FittedLaw::undefined)], 0U);
}

TEST(HorizonTally, EveryOtherOutcomeIsCountedAlone) {
  const InverseLogWindow fit(0.25);
  const double infinity = std::numeric_limits<double>::infinity();
  const std::vector<std::pair<Network<double>, Outcome>> cases = {{{9.0, -1.0, -1.0, -1.0}, Outcome::stuck},
                                                                  {{-9.0, -1.0, -1.0, -1.0}, Outcome::stuck},
                                                                  {{9.0, 1.0, -1.0, 9.0}, Outcome::transient},
                                                                  {{infinity, -1.0, -1.0, 9.0}, Outcome::diverged},
                                                                  {{60.0, -1.0, -1.0, 9.0}, Outcome::stagnated}};
  HorizonTally tally;
  std::array<std::uint64_t, outcomes> expected{};
  for (const auto& [network, outcome] : cases) {
    add(tally, network, {0.5, 10.0}, fit);
    ++expected[static_cast<std::size_t>(outcome)];
    EXPECT_EQ(tally.outcome, expected);
  }
  EXPECT_EQ(tally.dead_points, (std::array<std::uint64_t, 3>{3, 1, 1}));
  EXPECT_EQ(tally.dip_margin.count(), 0U);
  EXPECT_EQ(tally.fit[0].inverse_log_constant.count(), 0U);
  EXPECT_EQ(tally.limiting_constant.count(), 0U);
  EXPECT_EQ(tally.fit[0].best, (std::array<std::uint64_t, fitted_laws>{}));
}

TEST(HorizonTally, ADipAtTheStartHasNoLogarithmAndAGapOfZeroNoRate) {
  InverseLogWindow fit(0.25);
  HorizonTally tally;
  fit.sums.inverse_squared = std::numeric_limits<double>::infinity();
  add(tally, {9.0, -1.5, -0.5, 9.0}, {0.125, 0.0}, fit);
  EXPECT_EQ(tally.dip_margin.count(), 1U);
  EXPECT_EQ(tally.dip_log10_t.count(), 0U);
  EXPECT_EQ(tally.fit[0].inverse_log_constant.count(), 0U);
  EXPECT_EQ(tally.limiting_constant.count(), 1U);
  EXPECT_EQ(tally.fit[0].best[static_cast<std::size_t>(FittedLaw::undefined)], 1U);
}

TEST(HorizonTally, NetworksWithoutATimeToAGapAreCountedByTheirReason) {
  const InverseLogWindow fit(0.25);
  HorizonTally tally(1, 4);
  add(tally, {9.0, -1.5, -0.5, 9.0}, {0.125, 0.0}, fit,
      {2.5, gap_never_above, time_to_gap_not_known, gap_never_within});
  add(tally, {9.0, -1.5, -0.5, 9.0}, {0.125, 0.0}, fit, {3.5, 0.0, time_to_gap_not_known, 7.0});
  EXPECT_EQ(tally.time_to_gap[0].log10_t.count(), 2U);
  EXPECT_EQ(tally.time_to_gap[0].log10_t.quantiles().max, 3.5);
  EXPECT_EQ(tally.time_to_gap[0].never_above, 0U);
  EXPECT_EQ(tally.time_to_gap[1].log10_t.count(), 1U);
  EXPECT_EQ(tally.time_to_gap[1].never_above, 1U);
  EXPECT_EQ(tally.time_to_gap[2].log10_t.count(), 0U);
  EXPECT_EQ(tally.time_to_gap[2].never_above, 0U);
  EXPECT_EQ(tally.time_to_gap[2].not_known, 2U);
  EXPECT_EQ(tally.time_to_gap[3].never_within, 1U);
  EXPECT_EQ(tally.time_to_gap[3].log10_t.count(), 1U);
}

TEST(TimeToGapTally, QuantilesThatUnknownTimesReachAreNotGiven) {
  constexpr double half_a_bin = 0.0025 + 1e-12;  // and the rounding of a bin's middle
  TimeToGapTally tally;
  for (int i = 1; i <= 60; ++i) tally.log10_t.add(i);
  tally.never_above = 1000;
  EXPECT_NEAR(tally.quantiles().at_level[3], 30.0, half_a_bin);
  tally.not_known = 40;
  const Quantiles quantiles = tally.quantiles();
  EXPECT_EQ(quantiles.count, 60U);
  EXPECT_EQ(quantiles.min, 1.0);
  // Of a hundred, the unknown ones last.
  EXPECT_NEAR(quantiles.at_level[2], 25.0, half_a_bin);
  EXPECT_NEAR(quantiles.at_level[3], 50.0, half_a_bin);
  for (const double value : {quantiles.at_level[4], quantiles.at_level[5], quantiles.max, quantiles.mean}) {
    EXPECT_TRUE(std::isnan(value));
  }
}

TEST(HorizonTally, AnUnresolvedNetworkIsCountedWithTheTimeItWasFollowedTo) {
  const double unknown = std::numeric_limits<double>::quiet_NaN();
  Schedule schedule;
  schedule.horizon = 1e16;
  HorizonTally tally;
  const Network<double> lost = {unknown, unknown, unknown, unknown};
  logmargin::add(
      tally, trial_values(
                 {default_data, lost, observe(default_data, lost), Outcome::unresolved, 1e8, no_dip<double>(), {}, {}},
                 schedule));
  EXPECT_EQ(tally.outcome[static_cast<std::size_t>(Outcome::unresolved)], 1U);
  EXPECT_EQ(tally.unresolved_log10_t.quantiles().min, 8.0);
  EXPECT_EQ(tally.dip_margin.count(), 0U);
}

TEST(HorizonTally, PartsAddToTheWhole) {
  RandomSource random(20260375);
  HorizonTally whole(1, 1);
  std::array<HorizonTally, 3> parts = {whole, whole, whole};
  for (int i = 0; i < 3000; ++i) {
    const InverseLogWindow fit(random.log_uniform(-20.0, 0.0));
    const Network<double> network = {random.normal() + 2, random.normal() - 1, random.normal() - 1,
                                     random.normal() + 2};
    const Dip<double> dip = {random.unit(), static_cast<double>(random.below(1000))};
    const double time = i % 7 == 0 ? -std::numeric_limits<double>::infinity() : 100.0 * random.unit();
    add(whole, network, dip, fit, {time});
    add(parts[random.below(3)], network, dip, fit, {time});
  }
  HorizonTally sum(1, 1);
  for (const std::size_t part : {2U, 0U, 1U}) sum += parts[part];
  EXPECT_EQ(testing::bits_of(sum), testing::bits_of(whole));
  for (const std::uint64_t count : {whole.outcome[0], whole.outcome[1], whole.outcome[2]}) EXPECT_GT(count, 100U);
}

TEST(RecordedTally, PartsAddToTheWhole) {
  RandomSource random(20260376);
  RecordedTally whole;
  std::array<RecordedTally, 3> parts;
  for (int i = 0; i < 3000; ++i) {
    const std::size_t pattern = random.below(16);
    const double margin = random.unit();
    const double loss = -10.0 * random.unit();
    for (RecordedTally* tally : {&whole, &parts[random.below(3)]}) {
      ++tally->classified;
      ++tally->patterns[pattern];
      tally->margin.add(margin);
      tally->gap.add(1.0 - margin);
      tally->log10_loss.add(loss);
      tally->local_log_exponent.add(margin + loss);
    }
  }
  RecordedTally sum;
  for (const std::size_t part : {1U, 2U, 0U}) sum += parts[part];
  EXPECT_EQ(testing::bits_of(sum), testing::bits_of(whole));
}

/// A quantity that is listed is a field of its own: of what adds, is written and is compared.
template <class Tally, class Members>
void expect_each_is_a_field(const Members& members) {
  std::vector<std::vector<std::uint64_t>> seen = {testing::bits_of(Tally())};
  for (const auto member : members) {
    Tally tally;
    (tally.*member).add(0.75);
    seen.push_back(testing::bits_of(tally));
    for (std::size_t i = 0; i + 1 < seen.size(); ++i) EXPECT_NE(seen[i], seen.back()) << "quantity " << seen.size() - 2;
    Tally sum;
    sum += tally;
    EXPECT_EQ(testing::bits_of(sum), seen.back()) << "quantity " << seen.size() - 2;
  }
}

TEST(Quantities, AreEachAFieldOfTheirTally) {
  expect_each_is_a_field<RecordedTally>(recorded_distributions);
  expect_each_is_a_field<FitTally>(fit_distributions);
  expect_each_is_a_field<HorizonTally>(horizon_distributions);
}

}  // namespace
}  // namespace logmargin::tally_test
