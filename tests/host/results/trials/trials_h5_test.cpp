#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "host/results/trials/trial_columns.hpp"
#include "host/results/trials/trials_file.hpp"
#include "tests/host/results/scratch_folder.hpp"
#include "tests/support/trials_reader.hpp"

namespace logmargin::trials_h5_test {
namespace {

using testing::ScratchFolder;
using testing::TrialsReader;

constexpr double infinity = std::numeric_limits<double>::infinity();

Experiment experiment_of(std::uint64_t trials) {
  Experiment experiment;
  experiment.trials = trials;
  experiment.steps = 1e8;
  experiment.seed = 18446744073709551615U;
  experiment.thresholds = {{"0.1", 0.1}, {"1e-2", 0.01}};
  return experiment;
}

/// Numbers of no network in particular: each of a trial's tells which trial and which number it is.
TrialRecord record_of(std::uint64_t trial, std::size_t fits) {
  const auto number = [trial](int which) { return static_cast<double>(trial) + which / 100.0; };
  TrialRecord record = {trial,
                        {number(1), number(2), number(3), number(4)},
                        {number(5), number(6), number(7), number(8)},
                        {number(9), number(10), number(11), number(12)},
                        number(13),
                        number(14),
                        {{trial % 3 == 0 ? Outcome::stuck : Outcome::converging, static_cast<int>(trial % 3),
                          number(15), ExpectedLaw::inverse_log, 0.0, 0.0, 0.0, false},
                         LawCheck::agrees,
                         std::numeric_limits<double>::quiet_NaN(),
                         {number(16), trial % 2 == 0 ? 1000.0 : 0.0},
                         {},
                         {number(17), -infinity}}};
  for (std::size_t fit = 0; fit < fits; ++fit) {
    const int first = 20 + 10 * static_cast<int>(fit);
    record.values.fits.push_back({{number(first), number(first + 1), number(first + 2), number(first + 3),
                                   static_cast<FittedLaw>((trial + fit) % 3)},
                                  number(first + 4)});
  }
  return record;
}

/// Two cells, fed in blocks of so many trials.
void write_trials(const std::filesystem::path& path, std::uint64_t trials, std::size_t block) {
  Experiment experiment = experiment_of(trials);
  experiment.axes.eta = {0.1, 0.25};
  const Schedule schedule = make_schedule(experiment.steps, experiment.record);
  AtomicFile file(path);
  const TrialRows layout(experiment, schedule, {});
  const auto h5 = make_trials_file(file, {{"steps", 1e8}, {"threads", "3"}, {"out", "\xff"}}, experiment, layout);
  std::size_t index = 0;
  for (const Cell& cell : experiment.cells()) {
    h5->begin_cell(index++, cell);
    std::vector<double> rows;
    for (std::uint64_t trial = 0; trial < trials; ++trial) {
      layout.append(record_of(trial, schedule.fits.size()), rows);
      if (rows.size() == block * layout.width() || trial + 1 == trials) {
        h5->take(rows);
        rows.clear();
      }
    }
    h5->end_cell({});
  }
  h5->finish();
  file.sync();
  file.commit();
}

TEST(TrialsFile, HoldsEveryColumnOfEveryTrial) {
  const ScratchFolder folder;
  // Two chunks and some of a third.
  constexpr std::uint64_t trials = 40000;
  write_trials(folder / "trials.h5", trials, 512);
  const TrialsReader reader(folder / "trials.h5");
  EXPECT_EQ(reader.names(), (std::vector<std::string>{"cell_000000", "cell_000001"}));
  const Experiment experiment = experiment_of(trials);
  const Schedule schedule = make_schedule(experiment.steps, experiment.record);
  const std::vector<TrialColumn> columns = trial_columns(experiment, schedule);
  std::vector<std::string> names;
  for (const TrialColumn& column : columns) names.push_back(column.name);
  EXPECT_EQ(reader.names("cell_000001"), names);
  for (const TrialColumn& column : columns) {
    const std::string dataset = "cell_000001/" + column.name;
    EXPECT_TRUE(reader.compressed(dataset)) << column.name;
    EXPECT_EQ(reader.text(dataset, "unit"), column.unit);
    EXPECT_EQ(reader.text(dataset, "description"), column.description);
    const bool category = column.kind == TrialColumn::Kind::category;
    const auto numbers = category ? std::vector<double>() : reader.numbers(dataset);
    const auto categories = category ? reader.categories(dataset) : std::vector<std::string>();
    ASSERT_EQ(category ? categories.size() : numbers.size(), trials) << column.name;
    for (std::uint64_t trial = 0; trial < trials; trial += 97) {
      const double expected = column.value(record_of(trial, schedule.fits.size()));
      if (category) {
        ASSERT_EQ(categories[trial], column.categories[static_cast<std::size_t>(expected)]) << column.name;
      } else if (std::isnan(expected)) {
        ASSERT_TRUE(std::isnan(numbers[trial])) << column.name;
      } else {
        ASSERT_EQ(numbers[trial], expected) << column.name;
      }
    }
  }
}

TEST(TrialsFile, SaysWhatItIs) {
  const ScratchFolder folder;
  write_trials(folder / "trials.h5", 10, 3);
  const TrialsReader reader(folder / "trials.h5");
  EXPECT_EQ(reader.text("/", "schema"), "logmargin.trials/1");
  EXPECT_EQ(reader.text("/", "config"), "{\"steps\":100000000.0}") << "what the rows do not depend on is left out";
  EXPECT_EQ(reader.number("/", "seed"), 18446744073709551615.0);
  EXPECT_EQ(reader.text("cell_000001", "init"), "he-normal");
  EXPECT_EQ(reader.text("cell_000001", "data"), "+1,-1");
  EXPECT_EQ(reader.number("cell_000001", "eta"), 0.25);
  EXPECT_EQ(reader.number("cell_000001", "dim"), 1.0);
}

TEST(TrialsFile, HasTheSameBytesWhateverTheBlocks) {
  const ScratchFolder folder;
  write_trials(folder / "a", 20000, 20000);
  write_trials(folder / "b", 20000, 77);
  EXPECT_TRUE(testing::contents(folder / "a") == testing::contents(folder / "b"));
}

/// Machines differ in the sign of a NaN that they make, and of a zero.
TEST(TrialsFile, HasOneNaNAndOneZero) {
  const ScratchFolder folder;
  const Experiment experiment = experiment_of(2);
  const Schedule schedule = make_schedule(experiment.steps, experiment.record);
  const TrialRows layout(experiment, schedule, {});
  for (const double sign : {1.0, -1.0}) {
    AtomicFile file(folder / (sign < 0.0 ? "minus" : "plus"));
    const auto h5 = make_trials_file(file, nlohmann::ordered_json::object(), experiment, layout);
    TrialRecord record = record_of(1, schedule.fits.size());
    record.margin = std::copysign(std::numeric_limits<double>::quiet_NaN(), sign);
    record.gap = std::copysign(0.0, sign);
    h5->begin_cell(0, experiment.cell(0));
    std::vector<double> rows;
    for (int i = 0; i < 2; ++i) layout.append(record, rows);
    h5->take(rows);
    h5->end_cell({});
    h5->finish();
    file.sync();
    file.commit();
  }
  EXPECT_TRUE(testing::contents(folder / "minus") == testing::contents(folder / "plus"));
}

TEST(TrialColumns, AreUndefinedWhereANetworkDoesNotConverge) {
  const Experiment experiment = experiment_of(1);
  const Schedule schedule = make_schedule(experiment.steps, experiment.record);
  TrialRecord stuck = record_of(3, 0);
  ASSERT_EQ(stuck.values.horizon.outcome, Outcome::stuck);
  std::size_t undefined = 0;
  for (const TrialColumn& column : trial_columns(experiment, schedule)) {
    if (column.name.starts_with("best_fit")) {
      EXPECT_EQ(column.value(stuck), static_cast<double>(FittedLaw::undefined));
    }
    if (std::isnan(column.value(stuck))) ++undefined;
  }
  // Two of the dip, the constant, five of each of two fits, two times, and how far an unresolved one was followed.
  EXPECT_EQ(undefined, 2U + 1U + 5U * 2U + 2U + 1U);
}

TEST(TrialColumns, OfOneRunDifferInName) {
  Experiment experiment = experiment_of(1);
  experiment.steps = 1e300;
  std::vector<std::string> names;
  for (const TrialColumn& column : trial_columns(experiment, make_schedule(experiment.steps, experiment.record))) {
    names.push_back(column.name);
    EXPECT_FALSE(column.unit.empty() || column.description.empty()) << column.name;
  }
  for (const char* name : {"C", "C_to_1e6", "C_to_1e100", "best_fit", "log10_t_eps_0.1", "log10_t_eps_1e-2"}) {
    EXPECT_EQ(std::count(names.begin(), names.end(), name), 1) << name;
  }
  std::sort(names.begin(), names.end());
  EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
}

}  // namespace
}  // namespace logmargin::trials_h5_test
