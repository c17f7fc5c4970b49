#include "host/results/terminal/table.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace logmargin::table_test {
namespace {

constexpr std::uint64_t trials = 10000000000;

Experiment experiment_of(std::size_t cells) {
  Experiment experiment;
  experiment.axes.eta.resize(cells, 0.1);
  experiment.trials = trials;
  experiment.thresholds = {{"0.1", 0.1}, {"1.23456789e-5", 1.23456789e-5}};
  return experiment;
}

/// A table of so many equal cells, with numbers of every length.
std::string table_text(std::size_t cells, const Cell& cell) {
  const Schedule schedule = make_schedule(1e15, {});
  const Experiment experiment = experiment_of(cells);
  Table table(experiment, schedule);
  RecordedTally checkpoint;
  checkpoint.classified = trials;
  HorizonTally horizon(2, 2);
  horizon.outcome = {2499990000, 7499987653, 12345, 10001, 1};
  horizon.dead_points = {2500000000, 5000000000, 2500000000};
  horizon.power_law_first_inverse_log_last = 2499990000;
  horizon.fit[0].best = horizon.fit[1].best = {800000000, 699990000, 999999999, 1};
  for (const double value : {1.23456789e-300, 0.123456789, 9.87654321e+200}) {
    for (Distribution* of : {&checkpoint.margin, &checkpoint.gap, &checkpoint.log10_loss, &horizon.dip_margin,
                             &horizon.fit[1].inverse_log_constant, &horizon.limiting_constant,
                             &horizon.fit[1].constant_ratio, &horizon.fit[1].inverse_log_r2}) {
      of->add(value);
    }
  }
  for (std::size_t index = 0; index < cells; ++index) {
    table.begin_cell(index, cell);
    for (const RecordedTime& time : schedule.times()) {
      if (table.wants(time.t)) table.recorded(summary_of(time.t, checkpoint));
    }
    table.end_cell(summary_of(index, cell, experiment, horizon));
  }
  return table.text();
}

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::size_t lines_with(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (const std::string& line : lines_of(text)) count += line.find(part) != std::string::npos;
  return count;
}

const Cell plain_cell = {"he-normal", "zero", 0.1, "gd", "exp", 1, {1.0, -1.0}};
const Cell wordy_cell = {"xavier-uniform", "uniform=0.123456789", 0.0123456789, "gd", "exp", 1, {1.2345678, -2.345678}};

TEST(Table, FitsEightyColumns) {
  for (const std::size_t cells : {1, 4, 5, 300}) {
    for (const Cell& cell : {plain_cell, wordy_cell}) {
      for (const std::string& line : lines_of(table_text(cells, cell))) {
        ASSERT_LE(line.size(), 80U) << cells << " cells: " << line;
      }
    }
  }
}

TEST(Table, ShowsAHandfulOfTimesWithBothEnds) {
  const std::vector<std::string> lines = lines_of(table_text(1, plain_cell));
  std::vector<std::string> times;
  for (const std::string& line : lines) {
    if (line.find(std::to_string(trials)) == std::string::npos || line.find('%') != std::string::npos) continue;
    std::istringstream fields(line);
    std::string first;
    std::string second;
    fields >> first >> second;
    if (second == std::to_string(trials)) times.push_back(first);
  }
  ASSERT_GE(times.size(), 5U);
  EXPECT_LE(times.size(), 12U);
  EXPECT_EQ(times.front(), "0");
  EXPECT_EQ(times.back(), "1e+15");
}

TEST(Table, NamesEveryOutcome) {
  const std::string text = table_text(1, plain_cell);
  for (const char* name : {"converging ", "stuck ", "transient ", "diverged ", "frozen ", "dormant ", "unresolved "}) {
    EXPECT_EQ(lines_with(text, std::string("  ") + name), name == std::string("converging ") ? 2U : 1U) << name;
  }
  EXPECT_EQ(lines_with(text, "init he-normal  bias zero  eta 0.1"), 1U);
}

TEST(Table, DrawsSharesAndTheLogExponent) {
  const Schedule schedule = make_schedule(10, {});
  Experiment experiment = experiment_of(1);
  experiment.trials = 4;
  Table table(experiment, schedule, {true, false});
  table.begin_cell(0, plain_cell);
  HorizonTally tally(1, 2);
  tally.outcome = {1, 3, 0, 0, 0};
  tally.fit[0].log_exponent.add(1.0025);
  table.end_cell(summary_of(0, plain_cell, experiment, tally));
  EXPECT_EQ(lines_with(table.text(), "  stuck                             3    75.00 %  ██████████████████████▌"), 1U)
      << table.text();
  EXPECT_EQ(
      lines_with(table.text(), "  1 to 1.01                         1   100.00 %  ██████████████████████████████"), 1U)
      << table.text();
}

TEST(Table, SaysWhereTheFitsBeginTooEarly) {
  const Schedule schedule = make_schedule(1e4, {});
  Experiment experiment = experiment_of(1);
  experiment.steps = 1e4;
  for (const double dip : {1.9, 2.1}) {
    Table table(experiment, schedule);
    table.begin_cell(0, plain_cell);
    HorizonTally tally(1, 2);
    tally.dip_log10_t.add(dip);
    table.end_cell(summary_of(0, plain_cell, experiment, tally));
    EXPECT_EQ(lines_with(table.text(), "need more --steps"), dip > 2.0 ? 1U : 0U) << table.text();
  }
}

TEST(Table, ListsManyCellsInALineEachAndStopsThere) {
  EXPECT_EQ(lines_with(table_text(7, plain_cell), "init he-normal"), 7U);
  const std::string text = table_text(300, plain_cell);
  EXPECT_EQ(lines_with(text, "init he-normal"), 200U);
  EXPECT_EQ(lines_with(text, "100 more cells"), 1U);
}

TEST(Table, ShowsADashWhereThereIsNothing) {
  const Schedule schedule = make_schedule(10, {});
  const Experiment experiment = experiment_of(1);
  Table table(experiment, schedule);
  table.begin_cell(0, plain_cell);
  table.recorded(summary_of(0.0, {}));
  table.end_cell(summary_of(0, plain_cell, experiment, HorizonTally(2, 2)));
  EXPECT_EQ(table.text().find("nan"), std::string::npos);
  EXPECT_EQ(table.text().find("inf"), std::string::npos);
  EXPECT_GE(lines_with(table.text(), " -"), 2U);
}

}  // namespace
}  // namespace logmargin::table_test
