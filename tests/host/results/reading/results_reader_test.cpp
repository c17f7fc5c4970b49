#include "host/results/reading/results_reader.hpp"

#include <gtest/gtest.h>

#include "host/run/run.hpp"
#include "tests/host/results/scratch_folder.hpp"

namespace logmargin::testing::results_reader_test {
namespace {

Results some_results() {
  Experiment experiment;
  experiment.axes.eta = {0.1, 0.3};
  experiment.axes.optimizer = {"gd", "flow"};
  experiment.axes.data = {{1.0, -1.0}, parse_data_pair("(1,0.5),(-2,1)")};
  experiment.trials = 40;
  experiment.steps = 2e6;
  experiment.axes.dim = {2};
  experiment.record = {RecordRule::Kind::per_decade, 2, {}};
  return run(experiment);
}

/// The same numbers, and the same ones undefined.
void expect_same(const Quantiles& read, const Quantiles& kept, const std::string& name) {
  const auto same = [](double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); };
  EXPECT_EQ(read.count, kept.count) << name;
  EXPECT_TRUE(same(read.min, kept.min) && same(read.max, kept.max) && same(read.mean, kept.mean)) << name;
  for (std::size_t i = 0; i < read.at_level.size(); ++i) {
    EXPECT_TRUE(same(read.at_level[i], kept.at_level[i])) << name << ' ' << quantile_levels[i];
  }
}

void expect_same(const std::vector<Bar>& read, const std::vector<Bar>& kept) {
  ASSERT_EQ(read.size(), kept.size());
  for (std::size_t i = 0; i < read.size(); ++i) {
    EXPECT_EQ(read[i].low, kept[i].low);
    EXPECT_EQ(read[i].high, kept[i].high);
    EXPECT_EQ(read[i].count, kept[i].count);
  }
}

void expect_same(const CellSummary& read, const CellSummary& kept) {
  EXPECT_EQ(read.index, kept.index);
  EXPECT_EQ(read.cell.optimizer, kept.cell.optimizer);
  EXPECT_EQ(read.cell.eta, kept.cell.eta);
  EXPECT_EQ(read.cell.dim, kept.cell.dim);
  EXPECT_EQ(read.cell.data.text(), kept.cell.data.text());
  EXPECT_EQ(read.trials, kept.trials);
  EXPECT_EQ(read.horizon, kept.horizon);
  EXPECT_EQ(read.outcome, kept.outcome);
  EXPECT_EQ(read.dead_points, kept.dead_points);
  EXPECT_EQ(read.limiting_gap, kept.limiting_gap);
  EXPECT_EQ(read.power_law_first_inverse_log_last, kept.power_law_first_inverse_log_last);
  expect_same(read.dip_margin, kept.dip_margin, "dip_margin");
  expect_same(read.dip_log10_t, kept.dip_log10_t, "dip_log10_t");
  expect_same(read.limiting_constant, kept.limiting_constant, "limiting_constant");
  expect_same(read.margin_ratio, kept.margin_ratio, "margin_ratio");
  expect_same(read.gap_excess, kept.gap_excess, "gap_excess");
  expect_same(read.unresolved_log10_t, kept.unresolved_log10_t, "unresolved_log10_t");
  ASSERT_EQ(read.fits.size(), kept.fits.size());
  for (std::size_t i = 0; i < read.fits.size(); ++i) {
    EXPECT_EQ(read.fits[i].t, kept.fits[i].t);
    EXPECT_EQ(read.fits[i].best_fit, kept.fits[i].best_fit);
    expect_same(read.fits[i].ratio, kept.fits[i].ratio, "ratio");
    expect_same(read.fits[i].log_exponent, kept.fits[i].log_exponent, "log_exponent");
    expect_same(read.fits[i].power_exponent, kept.fits[i].power_exponent, "power_exponent");
  }
  expect_same(read.fit().constant, kept.fit().constant, "constant");
  expect_same(read.fit().r2, kept.fit().r2, "r2");
  ASSERT_EQ(read.times.size(), kept.times.size());
  for (std::size_t i = 0; i < read.times.size(); ++i) {
    EXPECT_EQ(read.times[i].threshold.value, kept.times[i].threshold.value);
    EXPECT_EQ(read.times[i].never_above, kept.times[i].never_above);
    EXPECT_EQ(read.times[i].never_within, kept.times[i].never_within);
    EXPECT_EQ(read.times[i].not_known, kept.times[i].not_known);
    expect_same(read.times[i].log10_t, kept.times[i].log10_t, "log10_t_eps");
    expect_same(read.times[i].bars, kept.times[i].bars);
  }
  expect_same(read.log_exponent_bars, kept.log_exponent_bars);
  expect_same(read.ratio_bars, kept.ratio_bars);
  EXPECT_EQ(read.theory.law, kept.theory.law);
  EXPECT_EQ(read.theory.networks, kept.theory.networks);
  EXPECT_EQ(read.theory.within, kept.theory.within);
  EXPECT_EQ(read.theory.contradicting, kept.theory.contradicting);
  EXPECT_EQ(read.theory.verdict, kept.theory.verdict);
  EXPECT_EQ(read.theory.power_law, kept.theory.power_law);
}

TEST(ReadResults, AreThoseThatWereSaved) {
  const ScratchFolder scratch;
  const Results kept = some_results();
  save(kept, scratch / "results");
  const ReadResults read = read_results(
      scratch / "results", [](std::size_t, double, double, double) { return true; }, kept.cells.size());
  ASSERT_EQ(read.cells.size(), kept.cells.size());
  for (std::size_t i = 0; i < read.cells.size(); ++i) {
    expect_same(read.cells[i].summary, kept.cells[i].summary);
    ASSERT_EQ(read.cells[i].recorded.size(), kept.cells[i].recorded.size());
    for (std::size_t r = 0; r < read.cells[i].recorded.size(); ++r) {
      const RecordedSummary& recorded = read.cells[i].recorded[r];
      EXPECT_EQ(recorded.t, kept.cells[i].recorded[r].t);
      EXPECT_EQ(recorded.classified, kept.cells[i].recorded[r].classified);
      EXPECT_EQ(recorded.patterns, kept.cells[i].recorded[r].patterns);
      for (std::size_t q = 0; q < recorded.quantities.size(); ++q) {
        expect_same(recorded.quantities[q], kept.cells[i].recorded[r].quantities[q], "recorded");
      }
    }
  }
  EXPECT_EQ(read.config.at("trials"), 40);
}

TEST(ReadResults, AreThoseThatAreWanted) {
  const ScratchFolder scratch;
  save(some_results(), scratch / "results");
  const auto wanted = [](std::size_t cell, double last_t, double t, double horizon) {
    EXPECT_EQ(horizon, 2e6);
    return cell == 1 && (std::isnan(last_t) || t >= 100.0 * last_t);
  };
  const ReadResults read = read_results(scratch / "results", wanted, 1);
  EXPECT_TRUE(read.cells[0].recorded.empty());
  std::vector<double> times;
  for (const RecordedSummary& recorded : read.cells[1].recorded) times.push_back(recorded.t);
  EXPECT_EQ(times, (std::vector<double>{0.0, 1.0, 100.0, 10000.0, 1000000.0}));
  EXPECT_FALSE(read.cells[0].summary.log_exponent_bars.empty());
  EXPECT_TRUE(read.cells[1].summary.log_exponent_bars.empty());
}

}  // namespace
}  // namespace logmargin::testing::results_reader_test
