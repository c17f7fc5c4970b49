#include "host/engine/batch_runner.hpp"

#include <gtest/gtest.h>

#include <mutex>

#include "host/engine/cpu/batch.hpp"
#include "host/engine/cpu/cpu_engine.hpp"
#include "host/engine/reference_engine.hpp"
#include "tests/support/engine_cases.hpp"
#include "tests/support/fewer_under_sanitizers.hpp"

namespace logmargin::batch_runner_test {
namespace {

/// Writes down what it is asked to do, and trains nothing.
class RecordingTrainer final : public BatchTrainer {
 public:
  struct Log {
    std::mutex lock;
    std::vector<std::uint64_t> started, resumed, finished;
  };
  explicit RecordingTrainer(Log& log) : log_(log) {}

  void start(const BatchTrials& trials) override { take(log_.started, trials); }
  std::unique_ptr<KeptBatch> keep() override { return std::make_unique<Kept>(trials_.first); }
  void resume(const BatchTrials& trials, std::unique_ptr<KeptBatch> kept) override {
    EXPECT_EQ(static_cast<Kept&>(*kept).first_trial, trials.first);
    take(log_.resumed, trials);
  }
  void train(std::size_t first, std::size_t last, std::vector<RecordedTally>& tallies, std::vector<double>*,
             RunControl&) override {
    EXPECT_EQ(tallies.size(), last - first);
    for (RecordedTally& tally : tallies) tally.classified += trials_.count;
  }
  void finish(HorizonTally& tally, std::vector<TrialRecord>*) override {
    const std::lock_guard guard(log_.lock);
    log_.finished.push_back(trials_.first);
    tally.outcome[0] += trials_.count;
  }

 private:
  struct Kept final : KeptBatch {
    explicit Kept(std::uint64_t first) : first_trial(first) {}
    std::uint64_t first_trial;
  };

  void take(std::vector<std::uint64_t>& firsts, const BatchTrials& trials) {
    trials_ = trials;
    const std::lock_guard guard(log_.lock);
    firsts.push_back(trials.first);
  }

  Log& log_;
  BatchTrials trials_{};
};

TEST(RunBatches, GoesThroughEachBatchInEachPassAndAddsUpTheWorkers) {
  const Schedule schedule = make_schedule(5'000, {RecordRule::Kind::every, 1, {}});
  const CellRun cell = {make_problem(1.0, -1.0, 0.1), {}, 1, 70, 10};
  for (const unsigned workers : {1U, 3U, 8U}) {
    RecordingTrainer::Log log;
    unsigned trainers = 0;
    std::vector<std::uint64_t> counted;
    RunControl control;
    // Batches of 3, 3, 3 and 1 trials, so cheap to keep that several passes are made.
    const HorizonTally horizon = run_batches(
        cell, schedule, {3, 1, workers},
        [&](unsigned) {
          ++trainers;
          return std::make_unique<RecordingTrainer>(log);
        },
        [&](std::size_t r, const RecordedTally& tally) {
          EXPECT_EQ(r, counted.size());
          counted.push_back(tally.classified);
        },
        control);
    EXPECT_EQ(trainers, std::min(workers, 4U));
    EXPECT_EQ(counted, std::vector<std::uint64_t>(schedule.times().size(), 10));
    EXPECT_EQ(horizon.outcome[0], 10U);
    std::sort(log.started.begin(), log.started.end());
    std::sort(log.finished.begin(), log.finished.end());
    EXPECT_EQ(log.started, (std::vector<std::uint64_t>{70, 73, 76, 79}));
    EXPECT_EQ(log.finished, log.started);
    const std::size_t passes = 1 + log.resumed.size() / 4;
    EXPECT_GT(passes, 1U);
    const PassPlan plan = plan_passes(schedule.times().size(), 1, cell.trials, trainers);
    EXPECT_EQ(passes, (schedule.times().size() + plan.recorded_times_per_pass - 1) / plan.recorded_times_per_pass);
  }
}

TEST(RunBatches, SeveralPassesGiveWhatOneDoes) {
  // So many recorded t, and so few trials, that seven threads keep the trials between passes and one does not.
  const Problem decoupled = make_problem(1.0, -1.0, 0.1);
  const CellRun plain = testing::cell_of(decoupled, testing::he_law, testing::zero_law, 330);
  std::vector<CellRun> cells = {plain, plain, plain, plain, plain, testing::spatial_cells().front()};
  cells[1].precision = Precision::mixed;
  cells[2].stepping = Stepping{200.0};
  cells[3].problem = make_problem(1.5, -0.4, 0.1);
  cells[3].stepping = Stepping{200.0};
  cells[4].problem.method = testing::method_of("flow", "exp");
  // With sanitizers the first and the last.
  if (testing::under_sanitizers) cells.erase(cells.begin() + 1, cells.end() - 1);
  const Schedule schedule = make_schedule(1500, testing::every_step);
  for (const CellRun& cell : cells) {
    const std::size_t recorded = schedule.times().size();
    const std::size_t kept_bytes = Batch::bytes_per_network(cell.problem);
    ASSERT_TRUE(plan_passes(recorded, kept_bytes, cell.trials, 7).keep_batches);
    ASSERT_LT(plan_passes(recorded, kept_bytes, cell.trials, 7).recorded_times_per_pass, recorded);
    ASSERT_FALSE(plan_passes(recorded, kept_bytes, cell.trials, 1).keep_batches);
    const SimdDispatchTable kernels = available_simd_dispatch_tables().back();
    const auto bits = [&](const std::unique_ptr<Engine>& engine) {
      return testing::bits_of_run(testing::tallies_of(*engine, cell, schedule));
    };
    const testing::TallyBitsOfRun once = bits(make_cpu_engine(kernels, 1));
    EXPECT_EQ(bits(make_cpu_engine(kernels, 7)), once);
    EXPECT_EQ(bits(make_reference_engine()), once);
  }
}

/// Puts rows into one table, a number for each network, recorded t and column.
class TableOfRows final : public TrajectorySink {
 public:
  TableOfRows(std::size_t networks, std::size_t times, std::size_t columns)
      : times_(times), columns_(columns), values_(networks * times * columns, unset) {}

  void take(std::uint64_t first_network, std::size_t networks, std::size_t first_time,
            std::span<const double> rows) override {
    ASSERT_EQ(rows.size() % (columns_ * networks), 0U);
    for (std::size_t k = 0; k < rows.size(); ++k) {
      const std::size_t r = first_time + k / (columns_ * networks);
      const std::size_t c = k / networks % columns_;
      double& value = values_[((first_network + k % networks) * times_ + r) * columns_ + c];
      EXPECT_EQ(value, unset);
      value = rows[k];
    }
  }
  const std::vector<double>& values() const { return values_; }

 private:
  static constexpr double unset = -1e99;

  std::size_t times_, columns_;
  std::vector<double> values_;
};

/// Keeps the trajectories of records, in the order of TableOfRows.
class TableOfRecords final : public TrialSink {
 public:
  explicit TableOfRecords(std::size_t columns) : columns_(columns) {}

  void append_row(const TrialRecord& trial, std::vector<double>& rows) const override {
    const std::size_t times = trial.trajectory.size() / columns_;
    for (std::size_t r = 0; r < times; ++r) {
      for (std::size_t c = 0; c < columns_; ++c) rows.push_back(trial.trajectory[c * times + r]);
    }
  }
  void take(std::span<const double> rows) override { values.insert(values.end(), rows.begin(), rows.end()); }

  std::vector<double> values;

 private:
  std::size_t columns_;
};

TEST(RunBatches, RowsGoToTheirSinkAsTheyWouldIntoRecords) {
  CellRun cell = testing::cell_of(make_problem(1.0, -1.0, 0.1), testing::he_law, testing::zero_law, 330);
  cell.trajectory_columns = {TrajectoryColumn::z11, TrajectoryColumn::pattern, TrajectoryColumn::log10_loss};
  const Schedule schedule = make_schedule(1500, testing::every_step);
  // Seven threads make several passes, one makes one.
  for (const unsigned threads : {1U, 7U}) {
    const std::unique_ptr<Engine> engine = make_cpu_engine(available_simd_dispatch_tables().back(), threads);
    const auto run = [&](TrialSink* trials, TrajectorySink* rows) {
      cell.trial_sink = trials;
      cell.trajectory_sink = rows;
      RunControl control;
      engine->run(
          cell, schedule, [](std::size_t, const RecordedTally&) {}, control);
    };
    TableOfRecords records(3);
    run(&records, nullptr);
    TableOfRows rows(cell.trials, schedule.times().size(), 3);
    run(nullptr, &rows);
    EXPECT_TRUE(rows.values() == records.values);
  }
}

constexpr std::size_t kept_bytes = 300;

TEST(PlanPasses, OnePassWhereItsTalliesAreSmall) {
  EXPECT_EQ(plan_passes(50, kept_bytes, 1'000'000'000, 64).recorded_times_per_pass, 50U);
  EXPECT_FALSE(plan_passes(50, kept_bytes, 1'000'000'000, 64).keep_batches);
  EXPECT_FALSE(plan_passes(1, kept_bytes, 1, 1).keep_batches);
}

TEST(PlanPasses, TakesWhicheverHoldsLessWhereTheyAreNot) {
  constexpr std::size_t recorded = 1'000'000;
  const PassPlan few_trials = plan_passes(recorded, kept_bytes, 1000, 4);
  EXPECT_TRUE(few_trials.keep_batches);
  EXPECT_LT(few_trials.recorded_times_per_pass, recorded);
  EXPECT_GE(few_trials.recorded_times_per_pass, 100U);
  const PassPlan many_trials = plan_passes(recorded, kept_bytes, 1'000'000'000'000, 4);
  EXPECT_FALSE(many_trials.keep_batches);
  EXPECT_EQ(many_trials.recorded_times_per_pass, recorded);
  // More threads leave fewer recorded t to a pass, but always one.
  EXPECT_LT(plan_passes(recorded, kept_bytes, 1000, 64).recorded_times_per_pass, few_trials.recorded_times_per_pass);
  EXPECT_EQ(plan_passes(recorded, kept_bytes, 1000, 1'000'000).recorded_times_per_pass, 1U);
}

}  // namespace
}  // namespace logmargin::batch_runner_test
