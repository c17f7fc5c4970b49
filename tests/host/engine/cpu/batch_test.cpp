#include "host/engine/cpu/batch.hpp"

#include <gtest/gtest.h>

#include "host/engine/reference_engine.hpp"
#include "host/error.hpp"
#include "tests/support/engine_cases.hpp"

namespace logmargin::batch_test {
namespace {

using testing::bits_of;
using testing::CellTallies;

constexpr InitialDistribution he_normal = {InitialDistribution::Family::normal, 1.4142135623730951};
constexpr InitialDistribution some_bias = {InitialDistribution::Family::uniform, 0.5};

CellRun cell_of(const Problem& problem, std::uint64_t first_trial, std::uint64_t trials) {
  CellRun cell = {problem, {he_normal, some_bias}, 20260390, first_trial, trials};
  cell.thresholds = {0.1, 0.003};
  return cell;
}

Batch batch_of(const SimdDispatchTable& kernels, const CellRun& cell, const Schedule& schedule) {
  const auto count = static_cast<std::size_t>(cell.trials);
  return {cell.problem, cell.stepping, initial_networks(kernels, cell, cell.first_trial, count), schedule.fits.size()};
}

CellTallies run_batch(const SimdDispatchTable& kernels, const CellRun& cell, const Schedule& schedule) {
  const auto count = static_cast<std::size_t>(cell.trials);
  CellTallies tallies;
  tallies.checkpoints.resize(schedule.times().size());
  BatchScratch scratch(count);
  RunControl control;
  Batch batch = batch_of(kernels, cell, schedule);
  tallies.horizon = HorizonTally(schedule.fits.size(), cell.thresholds.size());
  for (std::size_t r = 0; r < schedule.times().size(); ++r) {
    batch.advance(kernels, schedule, r, scratch, control);
    batch.observe(kernels, schedule, r, scratch);
    batch.tally(scratch, {}, tallies.checkpoints[r]);
  }
  batch.finish(kernels, schedule, cell.thresholds, tallies.horizon);
  EXPECT_EQ(control.network_steps.load(), static_cast<double>(cell.trials) * schedule.horizon);
  return tallies;
}

TEST(Batch, ShowsWhatTheReferenceDoes) {
  // Recorded t a step apart, some, and further apart than the look-out for a stop signal (16384 steps); then a first
  // stretch that is long enough for the live points alone to be stepped.
  const std::vector<Schedule> schedules = {
      make_schedule(20'000, {RecordRule::Kind::list, 0, {1, 2, 10, 25, 30, 400, 3000}}),
      make_schedule(40, {RecordRule::Kind::list, 0, {}})};
  for (const auto& [x1, x2] : {std::pair{1.0, -1.0}, {2.0, -0.5}, {2.0, -2.0}}) {
    for (const Schedule& schedule : schedules) {
      for (const std::uint64_t trials : {1, 31, 32, 33, 67}) {
        const CellRun cell = cell_of(make_problem(x1, x2, 0.3), (std::uint64_t{1} << 33) + 5, trials);
        const testing::TallyBitsOfRun expected =
            testing::bits_of_run(testing::tallies_of(*make_reference_engine(), cell, schedule));
        for (const SimdDispatchTable& kernels : available_simd_dispatch_tables()) {
          const CellTallies tallies = run_batch(kernels, cell, schedule);
          for (std::size_t r = 0; r < schedule.times().size(); ++r) {
            ASSERT_EQ(bits_of(tallies.checkpoints[r]), expected[r])
                << kernels.name << ", " << trials << " trials, t = " << schedule.times()[r].t;
          }
          ASSERT_EQ(bits_of(tallies.horizon), expected.back()) << kernels.name << ", " << trials << " trials";
        }
      }
    }
  }
}

TEST(Batch, ScratchOfAnEarlierBatchLeavesNoTrace) {
  const Schedule schedule = make_schedule(100, {});
  const SimdDispatchTable kernels = available_simd_dispatch_tables().back();
  const CellRun cell = cell_of(make_problem(1.0, -1.0, 0.3), 1000, 40);
  BatchScratch scratch(Batch::most_networks);
  RunControl control;
  const auto run = [&] {
    RecordedTally seen;
    Batch batch = batch_of(kernels, cell, schedule);
    const std::size_t last = schedule.times().size() - 1;
    batch.advance(kernels, schedule, last, scratch, control);
    batch.observe(kernels, schedule, last, scratch);
    batch.tally(scratch, {}, seen);
    return bits_of(seen);
  };
  const std::vector<std::uint64_t> fresh = run();
  Batch other = batch_of(kernels, cell_of(make_problem(1.0, -1.0, 2.0), 0, Batch::most_networks), schedule);
  other.advance(kernels, schedule, 5, scratch, control);
  other.observe(kernels, schedule, 5, scratch);
  EXPECT_EQ(run(), fresh);
}

TEST(Batch, StopsWhereItIsTold) {
  const CellRun cell = cell_of(make_problem(1.0, -1.0, 0.3), 0, 32);
  BatchScratch scratch(32);
  RunControl control;
  control.stop_signal = 15;
  const Schedule schedule = make_schedule(10, {});
  const SimdDispatchTable kernels = available_simd_dispatch_tables().front();
  Batch batch = batch_of(kernels, cell, schedule);
  try {
    batch.advance(kernels, schedule, schedule.times().size() - 1, scratch, control);
    FAIL() << "went on";
  } catch (const Interrupted& interrupted) {
    EXPECT_EQ(interrupted.signal, 15);
  }
  EXPECT_EQ(control.network_steps.load(), 0.0);
}

TEST(AlignedColumns, StartAtZeroAndOnACacheLine) {
  for (int repeat = 0; repeat < 20; ++repeat) {
    AlignedColumns columns(3, 64);
    const ColumnsView view = columns.view();
    EXPECT_EQ(reinterpret_cast<std::uintptr_t>(view.data) % 64, 0U);
    for (int c = 0; c < 3; ++c) {
      EXPECT_EQ(view.column(c), view.data + 64 * c);
      for (std::size_t i = 0; i < 64; ++i) {
        ASSERT_EQ(view.column(c)[i], 0.0);
        view.column(c)[i] = 7.0;
      }
    }
  }
}

/// What batches keep between passes; see plan_passes.
TEST(Batch, KnowsTheBytesOfANetwork) {
  const auto bytes = [](const char* optimizer, bool multi_dimensional) {
    Problem problem = make_problem(1.0, -1.0, 0.1, testing::method_of(optimizer, "exp"));
    problem.multi_dimensional = multi_dimensional;
    return Batch::bytes_per_network(problem);
  };
  constexpr std::size_t of_plain = sizeof(double) * (4 + 4 + 4 + 2 + 1 + 15 + 2);
  // Gradient descent has two rises beside the network.
  EXPECT_EQ(bytes("gd", false), of_plain + sizeof(double) * 2);
  EXPECT_EQ(bytes("nesterov", false), of_plain + sizeof(double) * 4);
  EXPECT_EQ(bytes("gd", true), of_plain + sizeof(double) * 12);
  EXPECT_EQ(bytes("prgd", true), of_plain + sizeof(double) * 14);
  EXPECT_EQ(bytes("flow", false), of_plain + sizeof(OdeSolution));
}

}  // namespace
}  // namespace logmargin::batch_test
