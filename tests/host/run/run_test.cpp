#include "host/run/run.hpp"

#include <gtest/gtest.h>

#include "host/error.hpp"
#include "tests/program/csv_rows.hpp"
#include "tests/program/folder_bytes.hpp"

namespace logmargin::testing::run_test {
namespace {

/// Cells of several kinds, with every threshold reached by some networks.
Experiment some_experiment() {
  Experiment experiment;
  experiment.axes.bias = {"zero", "matched"};
  experiment.axes.eta = {0.1, 0.5};
  experiment.axes.optimizer = {"gd", "ngd"};
  experiment.axes.data = {{1.0, -1.0}, {2.0, -0.5}};
  experiment.trials = 300;
  experiment.steps = 1000;
  experiment.seed = 7;
  experiment.thresholds = {{"0.5", 0.5}, {"1e-1", 0.1}};
  return experiment;
}
const Arguments same_sweep = {"sweep",  "--bias",        "zero,matched", "--eta", "0.1,0.5", "--optimizer", "gd,ngd",
                              "--data", "+1,-1;+2,-0.5", "--trials",     "300",   "--steps", "1000",        "--seed",
                              "7",      "--eps",         "0.5,1e-1"};

/// Two networks by their weights.
class TwoNetworks final : public GivenWeights {
 public:
  std::uint64_t rows() const override { return 2; }
  std::int64_t dim() const override { return 1; }
  std::string name() const override { return "two networks"; }
  void read(std::uint64_t first, std::size_t count, double *values) const override {
    constexpr double weights[2][4] = {{1.0, 0.0, -1.0, 0.0}, {-1.0, 0.0, 1.0, 0.0}};
    for (std::size_t i = 0; i < count; ++i) std::copy_n(weights[first + i], 4, values + 4 * i);
  }
};

/// Pictures take gnuplot a while, and are of the same numbers.
class Run : public ::testing::Test {
 protected:
  ScratchFolder scratch_;
};

TEST_F(Run, SavesTheProgramsFiles) {
  const std::filesystem::path folder = scratch_ / "results";
  save(run(some_experiment(), {"cpu", 2}), folder);
  const auto saved = results_below(folder);
  std::filesystem::remove_all(folder);
  ASSERT_EQ(run_logmargin(with_options(same_sweep, {"--device", "cpu", "--threads", "2", "--out", folder.string()}))
                .exit_status,
            0);
  const auto written = results_below(folder);
  ASSERT_EQ(saved.size(), written.size());
  for (const auto &[name, bytes] : written) EXPECT_TRUE(saved.at(name) == bytes) << name;
}

TEST_F(Run, TrainsGivenWeights) {
  Experiment experiment;
  experiment.weights = std::make_shared<TwoNetworks>();
  EXPECT_THROW(run(experiment), UsageError) << "10,000 trials of two rows";
  experiment.trials = 2;
  const Results results = run(experiment);
  EXPECT_EQ(results.cells.at(0).summary.share(Outcome::converging), 0.5);
  EXPECT_EQ(results.cells.at(0).summary.share(Outcome::stuck), 0.5);
  EXPECT_EQ(results.experiment.theta, "two networks");
  save(results, scratch_ / "results");
}

TEST_F(Run, HasInMemoryWhatTheFilesSay) {
  const Results results = run(some_experiment());
  save(results, scratch_ / "results");
  const CsvTable cells(contents(scratch_ / "results/cells.csv"));
  const CsvTable trajectory(contents(scratch_ / "results/trajectory.csv"));
  ASSERT_EQ(results.cells.size(), 16U);
  ASSERT_EQ(cells.rows(), 16U);
  std::size_t row = 0;
  for (std::size_t i = 0; i < results.cells.size(); ++i) {
    const CellSummary &summary = results.cells[i].summary;
    EXPECT_EQ(summary.index, i);
    EXPECT_EQ(cells.number(i, "eta"), summary.cell.eta);
    EXPECT_EQ(cells.number(i, "converging"), 300.0 * summary.share(Outcome::converging));
    EXPECT_EQ(cells.number(i, "dip_margin_min_q50"), summary.dip_margin.median());
    ASSERT_EQ(summary.times.size(), 2U);
    EXPECT_EQ(cells.number(i, "log10_t_eps_0.5_count"), static_cast<double>(summary.times[0].log10_t.count));
    for (const RecordedSummary &recorded : results.cells[i].recorded) {
      EXPECT_EQ(trajectory.number(row, "t"), recorded.t);
      EXPECT_EQ(trajectory.number(row, "classified"), static_cast<double>(recorded.classified));
      EXPECT_EQ(trajectory.number(row, "gap_count"), static_cast<double>(recorded.gap().count));
      ++row;
    }
  }
  EXPECT_EQ(row, trajectory.rows());
  EXPECT_EQ(results.facts.network_steps, 16.0 * 300.0 * 1000.0);
  EXPECT_EQ(&results.cells[3].at(10.0), &results.cells[3].recorded[7]) << "after t = 0, 1, 2, 3, 4, 6, 7";
  EXPECT_THROW(results.cells[3].at(11.0), std::out_of_range);
}

TEST_F(Run, GivesTheSameOnEachDevice) {
  Experiment experiment = some_experiment();
  experiment.trials = 50;
  save(run(experiment, {"cpu", 3}), scratch_ / "cpu");
  save(run(experiment, {"reference"}), scratch_ / "reference");
  for (const char *name : {"cells.csv", "trajectory.csv", "histograms.csv"}) {
    EXPECT_TRUE(contents(scratch_ / "cpu" / name) == contents(scratch_ / "reference" / name)) << name;
  }
}

/// What is said of an experiment that is not allowed.
std::string refusal(const Experiment &experiment, const RunSettings &settings = {}) {
  try {
    run(experiment, settings);
  } catch (const UsageError &error) {
    return error.what();
  }
  return "";
}

TEST_F(Run, RefusesWhatTheCommandLineRefuses) {
  Experiment experiment = some_experiment();
  experiment.axes.eta = {-1.0};
  EXPECT_EQ(refusal(experiment).find("--eta: '-1' is not allowed; a number > 0 is"), 0U) << refusal(experiment);
  experiment = some_experiment();
  experiment.axes.init = {"he-norml"};
  EXPECT_NE(refusal(experiment).find("he-norml"), std::string::npos) << refusal(experiment);
  experiment = some_experiment();
  experiment.steps = 0.5;
  EXPECT_EQ(refusal(experiment).find("--steps: '0.5' is not allowed"), 0U) << refusal(experiment);
  experiment = some_experiment();
  experiment.thresholds = {{"half", 0.5}};
  EXPECT_EQ(refusal(experiment).find("--eps: 'half' is not allowed"), 0U) << refusal(experiment);
  experiment.thresholds = {{"0.5", 0.25}};
  EXPECT_EQ(refusal(experiment).find("--eps: '0.5' is not allowed"), 0U) << refusal(experiment);
  experiment = some_experiment();
  experiment.axes.optimizer.clear();
  EXPECT_EQ(refusal(experiment).find("--optimizer: '' is not allowed"), 0U) << refusal(experiment);
  experiment = Experiment();
  experiment.precision = Precision::mixed;
  experiment.steps = 1e30;
  EXPECT_EQ(refusal(experiment).find("--steps: '1e+30' is not allowed"), 0U) << refusal(experiment);
  experiment = some_experiment();
  experiment.axes.init = {"he-normal,pytorch"};
  EXPECT_EQ(refusal(experiment).find("--init: 'he-normal,pytorch' is not allowed"), 0U) << refusal(experiment);
  EXPECT_EQ(refusal(some_experiment(), {"cpu", 5000}).find("--threads: '5000' is not allowed"), 0U);
  EXPECT_EQ(refusal(some_experiment(), {"tpu"}).find("--device: 'tpu' is not allowed"), 0U);
}

TEST_F(Run, TakesTheDimensionOfItsData) {
  Experiment experiment;
  experiment.trials = 10;
  experiment.axes.data = {parse_data_pair("(1,0),(0,1)"), {1.0, -1.0}};
  const Results results = run(experiment);
  EXPECT_EQ(results.experiment.axes.dim, std::vector<std::int64_t>{2});
}

TEST_F(Run, CountsItsOwnStepsAndThreads) {
  Experiment experiment;
  experiment.trials = 20;
  experiment.steps = 1000;
  experiment.stepping = SteppingMode::lockstep;
  RunControl control;
  for (int i = 0; i < 2; ++i) {
    const Results results = run(experiment, {"cpu", 2}, control);
    EXPECT_EQ(results.facts.steps_computed, 20.0 * 1000.0);
    EXPECT_EQ(results.facts.threads, 2U);
  }
  EXPECT_EQ(run(experiment, {"reference", 2}).facts.threads, 1U);
}

TEST_F(Run, StopsWhenAsked) {
  RunControl control;
  control.stop_signal = 2;
  EXPECT_THROW(run(some_experiment(), {}, control), Interrupted);
}

TEST_F(Run, SavesNothingThatIsNotWhole) {
  Experiment experiment = some_experiment();
  experiment.trials = 10;
  Results results = run(experiment);
  results.experiment.trials = 7;
  EXPECT_THROW(save(results, scratch_ / "changed"), UsageError);
  EXPECT_THROW(save(Results(), scratch_ / "empty"), UsageError);
  EXPECT_TRUE(names_in(scratch_.path()).empty());
}

TEST_F(Run, LeavesNothingOfAnEarlierRunBesideItsOwn) {
  Experiment experiment = some_experiment();
  experiment.trials = 10;
  const Results results = run(experiment);
  std::filesystem::create_directory(scratch_ / "checkpoint");
  for (const char *name : {"trials.h5", "report.html", "checkpoint/state.tally", "mine.txt"}) {
    write_text(scratch_ / name, "old");
  }
  EXPECT_THROW(save(results, scratch_.path()), UsageError);
  EXPECT_EQ(contents(scratch_ / "checkpoint/state.tally"), "old");
  save(results, scratch_.path(), true);
  EXPECT_EQ(names_in(scratch_.path()), (std::vector<std::string>{"cells.csv", "figures", "histograms.csv", "mine.txt",
                                                                 "report.html", "summary.json", "trajectory.csv"}));
}

TEST_F(Run, SaysThatTheReportAloneIsMissing) {
  Experiment experiment = some_experiment();
  experiment.trials = 10;
  std::filesystem::create_directory(scratch_ / "report.html");
  try {
    save(run(experiment), scratch_.path(), true);
    FAIL() << "a folder became a file";
  } catch (const FileError &error) {
    EXPECT_EQ(std::string(error.what()).find("the results are written, their report is not: "), 0U) << error.what();
  }
  EXPECT_TRUE(std::filesystem::exists(scratch_ / "summary.json"));
}

TEST_F(Run, SavesOverNothingUnlessTold) {
  Experiment experiment = some_experiment();
  experiment.trials = 10;
  const Results results = run(experiment);
  write_text(scratch_ / "mine.txt", "mine");
  EXPECT_THROW(save(results, scratch_.path()), UsageError);
  EXPECT_EQ(names_in(scratch_.path()), std::vector<std::string>{"mine.txt"});
  save(results, scratch_.path(), true);
  EXPECT_TRUE(std::filesystem::exists(scratch_ / "report.html"));
}

}  // namespace
}  // namespace logmargin::testing::run_test
