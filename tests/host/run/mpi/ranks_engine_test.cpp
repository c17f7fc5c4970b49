#include "host/run/mpi/ranks_engine.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <csignal>
#include <functional>
#include <thread>

#include "host/engine/cpu/cpu_engine.hpp"
#include "host/error.hpp"
#include "host/plan/vocabulary.hpp"
#include "host/run/mpi/worker_loop.hpp"
#include "tests/host/run/mpi/memory_job.hpp"
#include "tests/support/same_state.hpp"
#include "tests/support/tally_bits.hpp"

namespace logmargin::testing::ranks_engine_test {
namespace {

std::vector<CellRun> two_cells(std::uint64_t trials) {
  std::vector<CellRun> cells;
  for (const double eta : {0.1, 0.5}) {
    const InitialDistribution weights = weight_distribution("he-normal", 1);
    CellRun run = {make_problem(1.0, -1.0, eta), {weights, bias_distribution("matched", weights)}, 7, 5, trials};
    run.stepping = auto_stepping;
    run.thresholds = {0.1};
    run.index = cells.size();
    cells.push_back(run);
  }
  return cells;
}

/// The CPU's, but for what a test does before each run.
class DisturbedEngine final : public Engine {
 public:
  explicit DisturbedEngine(std::function<void(RunControl&)> before)
      : cpu_(make_cpu_engine(available_simd_dispatch_tables().front(), 1)), before_(std::move(before)) {}
  std::string description() const override { return cpu_->description(); }
  bool supports_trial_output() const override { return true; }
  HorizonTally run(const CellRun& cell, const Schedule& schedule, const RecordedSink& sink,
                   RunControl& control) override {
    before_(control);
    return cpu_->run(cell, schedule, sink, control);
  }

 private:
  std::unique_ptr<Engine> cpu_;
  std::function<void(RunControl&)> before_;
};

const std::function<void(RunControl&)> undisturbed = [](RunControl&) {};

/// Ranks 1, 2, ... of a job, each a thread that serves until rank 0 closes.
class Servants {
 public:
  using Disturbance = std::function<std::function<void(RunControl&)>(unsigned rank)>;

  Servants(
      MemoryJob& job, unsigned count, const std::vector<CellRun>& cells, const Schedule& schedule,
      const Disturbance& disturbance = [](unsigned) { return undisturbed; }, const std::string& configuration = "same",
      const TrialRows* rows = nullptr) {
    for (unsigned rank = 1; rank < count; ++rank) {
      threads_.emplace_back([&job, rank, &cells, &schedule, before = disturbance(rank), configuration, rows] {
        RankMember member(job.link(rank));
        DisturbedEngine engine(before);
        RunControl control;
        worker_loop(member, configuration, {cells, schedule, engine, control, rows});
        EXPECT_TRUE(member.close());
        member.tell_parent(RankMessageKind::bye);
      });
    }
  }

 private:
  std::vector<std::jthread> threads_;
};

std::vector<std::uint64_t> bits_of_run(Engine& engine, const CellRun& cell, const Schedule& schedule,
                                       RunControl& control) {
  std::vector<std::uint64_t> bits;
  const auto append = [&bits](const std::vector<std::uint64_t>& more) {
    bits.insert(bits.end(), more.begin(), more.end());
  };
  append(bits_of(engine.run(
      cell, schedule, [&](std::size_t, const RecordedTally& tally) { append(bits_of(tally)); }, control)));
  return bits;
}

class RanksOf : public ::testing::TestWithParam<unsigned> {};

TEST_P(RanksOf, SumToTheBitsOfOneProcess) {
  const Schedule schedule = make_schedule(1e5, {RecordRule::Kind::per_decade, 1, {}});
  // Fewer trials than ranks, too.
  for (const std::uint64_t trials : {std::uint64_t{3}, std::uint64_t{300}}) {
    const std::vector<CellRun> cells = two_cells(trials);
    MemoryJob job(GetParam());
    const Servants servants(job, GetParam(), cells, schedule);
    RankMember member(job.link(0));
    const auto own = make_cpu_engine(available_simd_dispatch_tables().front(), 1);
    RanksEngine ranks(member, *own);
    RunControl control;
    RunControl alone_control;
    member.await_ready("same", control);
    for (const std::size_t index : {0U, 1U, 0U}) {
      EXPECT_EQ(bits_of_run(ranks, cells[index], schedule, control),
                bits_of_run(*own, cells[index], schedule, alone_control));
    }
    EXPECT_EQ(control.steps_computed.load(), alone_control.steps_computed.load());
    EXPECT_TRUE(member.close());
  }
}

/// Keeps the rows that it is given.
struct KeptRows final : RowSink {
  using RowSink::RowSink;
  void take(std::span<const double> some) override { kept.insert(kept.end(), some.begin(), some.end()); }
  std::vector<double> kept;
};

TEST_P(RanksOf, ListTrialsAsOneProcessDoes) {
  const Schedule schedule = make_schedule(1e5, {RecordRule::Kind::per_decade, 1, {}});
  Experiment experiment;
  experiment.thresholds = {{"0.1", 0.1}};
  const TrialRows layout(experiment, schedule, {});
  // More than a piece of each, and fewer than there are ranks.
  for (const std::uint64_t trials : {std::uint64_t{3}, std::uint64_t{20'001}}) {
    std::vector<CellRun> cells = two_cells(trials);
    MemoryJob job(GetParam());
    const Servants servants(
        job, GetParam(), cells, schedule, [](unsigned) { return undisturbed; }, "same", &layout);
    RankMember member(job.link(0));
    const auto own = make_cpu_engine(available_simd_dispatch_tables().front(), 1);
    RanksEngine ranks(member, *own);
    RunControl control;
    member.await_ready("same", control);
    CellRun cell = cells[1];
    KeptRows of_ranks(layout);
    cell.trial_sink = &of_ranks;
    bits_of_run(ranks, cell, schedule, control);
    KeptRows alone(layout);
    cell.trial_sink = &alone;
    bits_of_run(*own, cell, schedule, control);
    EXPECT_TRUE(member.close());
    ASSERT_EQ(of_ranks.kept.size(), trials * layout.width());
    for (std::size_t i = 0; i < alone.kept.size(); ++i) ASSERT_TRUE(same_bits(of_ranks.kept[i], alone.kept[i])) << i;
  }
}

INSTANTIATE_TEST_SUITE_P(Counts, RanksOf, ::testing::Values(1U, 2U, 3U, 4U, 7U, 16U),
                         [](const auto& instance) { return "Of" + std::to_string(instance.param); });

/// Seven ranks, the last of which is three steps below rank 0: what reaches rank 0 when that one is disturbed.
void run_disturbed(const std::function<void(RunControl&)>& disturbance, const std::string& configuration = "same") {
  const Schedule schedule = make_schedule(1e4, {RecordRule::Kind::per_decade, 1, {}});
  const std::vector<CellRun> cells = two_cells(500);
  MemoryJob job(8);
  const Servants servants(
      job, 8, cells, schedule, [&](unsigned rank) { return rank == 7 ? disturbance : undisturbed; }, configuration);
  RankMember member(job.link(0));
  const auto own = make_cpu_engine(available_simd_dispatch_tables().front(), 1);
  RanksEngine ranks(member, *own);
  RunControl control;
  struct Closing {
    RankMember& member;
    ~Closing() { EXPECT_TRUE(member.close()); }
  } const closing{member};
  member.await_ready("same", control);
  bits_of_run(ranks, cells[0], schedule, control);
}

TEST(Ranks, TellWhichOfThemFailed) {
  try {
    run_disturbed([](RunControl&) { throw DeviceError("its GPU is gone"); });
    FAIL() << "nothing was thrown";
  } catch (const RankFailed& failed) {
    EXPECT_STREQ(failed.what(), "rank 7: its GPU is gone");
  }
}

TEST(Ranks, PassASignalOn) {
  try {
    run_disturbed([](RunControl& control) { control.stop_signal = SIGINT; });
    FAIL() << "nothing was thrown";
  } catch (const Interrupted& stop) {
    EXPECT_EQ(stop.signal, SIGINT);
  }
}

TEST(Ranks, RefuseAnotherConfiguration) { EXPECT_THROW(run_disturbed(undisturbed, "other"), RankFailed); }

TEST(Ranks, LeaveInTheMiddleOfAnOrder) {
  const Schedule schedule = make_schedule(1e9, {RecordRule::Kind::per_decade, 1, {}});
  std::vector<CellRun> cells = two_cells(100'000);
  for (CellRun& cell : cells) cell.stepping = lockstep_stepping;
  MemoryJob job(4);
  const Servants servants(job, 4, cells, schedule);
  RankMember member(job.link(0));
  RunControl control;
  DisturbedEngine own([](RunControl&) { throw Interrupted(SIGTERM); });
  RanksEngine ranks(member, own);
  member.await_ready("same", control);
  EXPECT_THROW(bits_of_run(ranks, cells[0], schedule, control), Interrupted);
  // Hours of work, given up at once.
  EXPECT_TRUE(member.close());
}

}  // namespace
}  // namespace logmargin::testing::ranks_engine_test
