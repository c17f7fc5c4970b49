#include "host/engine/cpu_engine.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "host/engine/batch.hpp"
#include "host/error.hpp"
#include "tests/support/one_by_one.hpp"
#include "tests/support/tally_bits.hpp"

namespace logmargin::cpu_engine_test {
namespace {

using testing::bits_of;
using testing::CellTallies;

const Problem default_data = make_problem(1.0, -1.0, 0.1);
constexpr ParameterLaw he_normal = {ParameterLaw::Shape::normal, 1.4142135623730951};
constexpr ParameterLaw zero = {ParameterLaw::Shape::normal, 0.0};

CellTallies run(const LaneKernels& kernels, unsigned threads, const CellRun& cell, const Schedule& schedule) {
  CellTallies tallies;
  RunControl control;
  const auto keep = [&](std::size_t index, const CheckpointTally& tally) {
    EXPECT_EQ(index, tallies.checkpoints.size());
    tallies.checkpoints.push_back(tally);
  };
  tallies.horizon = make_cpu_engine(kernels, threads)->run(cell, schedule, keep, control);
  EXPECT_EQ(tallies.checkpoints.size(), schedule.times().size());
  EXPECT_EQ(control.network_steps.load(), static_cast<double>(cell.trials) * schedule.horizon);
  return tallies;
}

void expect_same(const CellTallies& computed, const CellTallies& expected) {
  ASSERT_EQ(computed.checkpoints.size(), expected.checkpoints.size());
  for (std::size_t r = 0; r < expected.checkpoints.size(); ++r) {
    ASSERT_EQ(bits_of(computed.checkpoints[r]), bits_of(expected.checkpoints[r])) << "recorded time " << r;
  }
  ASSERT_EQ(bits_of(computed.horizon), bits_of(expected.horizon));
}

TEST(CpuEngine, GivesTheTrialsOneByOneWhateverTheThreadsAndLanes) {
  const Schedule schedule = make_schedule(300, {});
  for (const auto& [x1, x2] : {std::pair{1.0, -1.0}, {2.0, -2.0}}) {
    for (const std::uint64_t trials : {1, 31, 33, 1007}) {
      const CellRun cell = {make_problem(x1, x2, 0.2), {he_normal, {ParameterLaw::Shape::uniform, 0.5}}, 11, 3, trials};
      const CellTallies expected = testing::one_by_one(cell, schedule);
      for (const LaneKernels& kernels : available_lane_kernels()) {
        for (const unsigned threads : {1U, 2U, 3U, 7U}) {
          SCOPED_TRACE(::testing::Message() << kernels.name << ", " << threads << " threads, " << trials << " trials");
          expect_same(run(kernels, threads, cell, schedule), expected);
        }
      }
    }
  }
}

TEST(CpuEngine, SeveralPassesGiveWhatOneDoes) {
  // So many recorded t, and so few trials, that seven threads keep the trials between passes and one does not.
  const Schedule schedule = make_schedule(1500, {RecordRule::Kind::every, 1, {}});
  const std::size_t recorded = schedule.times().size();
  const CellRun cell = {default_data, {he_normal, zero}, 12, 0, 330};
  const std::size_t kept_bytes = Batch::bytes_per_network(cell.problem);
  ASSERT_TRUE(plan_passes(recorded, kept_bytes, cell.trials, 7).keep_batches);
  ASSERT_LT(plan_passes(recorded, kept_bytes, cell.trials, 7).recorded_times_per_pass, recorded);
  ASSERT_FALSE(plan_passes(recorded, kept_bytes, cell.trials, 1).keep_batches);
  const LaneKernels kernels = available_lane_kernels().back();
  expect_same(run(kernels, 7, cell, schedule), run(kernels, 1, cell, schedule));
}

TEST(CpuEngine, ShardsAddToTheWhole) {
  const Schedule schedule = make_schedule(200, {});
  const LaneKernels kernels = available_lane_kernels().back();
  const CellRun whole = {default_data, {he_normal, {ParameterLaw::Shape::normal, 0.3}}, 13, 100, 1007};
  const CellTallies expected = run(kernels, 2, whole, schedule);
  for (const std::uint64_t split : {1, 500, 1006}) {
    CellRun first = whole;
    CellRun second = whole;
    first.trials = split;
    second.first_trial += split;
    second.trials -= split;
    CellTallies sum = run(kernels, 3, first, schedule);
    const CellTallies other = run(kernels, 1, second, schedule);
    for (std::size_t r = 0; r < sum.checkpoints.size(); ++r) sum.checkpoints[r] += other.checkpoints[r];
    sum.horizon += other.horizon;
    expect_same(sum, expected);
  }
}

TEST(CpuEngine, HeInitialisationEndsInThePapersProportions) {
  constexpr std::uint64_t trials = 1'000'000;
  // A dead or a specialised point is known at t = 0. Where both points are reversed, the active neuron falls by at
  // least kappa = 0.1 a step and is below 2, from where it takes fewer than 20, or falls past 0 at once.
  const Schedule schedule = make_schedule(30, {});
  const CellTallies tallies =
      run(available_lane_kernels().back(), 2, {default_data, {he_normal, zero}, 14, 0, trials}, schedule);

  const auto expect_share = [&](std::uint64_t count, double probability) {
    const double expected = probability * static_cast<double>(trials);
    // Four standard errors of a binomial count.
    EXPECT_NEAR(static_cast<double>(count), expected, 4.0 * std::sqrt(expected * (1.0 - probability)));
  };
  const HorizonTally& horizon = tallies.horizon;
  expect_share(horizon.outcome[static_cast<std::size_t>(Outcome::converging)], 0.25);
  expect_share(horizon.outcome[static_cast<std::size_t>(Outcome::stuck)], 0.75);
  EXPECT_EQ(horizon.outcome[static_cast<std::size_t>(Outcome::transient)], 0U);
  EXPECT_EQ(horizon.outcome[static_cast<std::size_t>(Outcome::frozen)], 0U);
  EXPECT_EQ(horizon.outcome[static_cast<std::size_t>(Outcome::diverged)], 0U);
  expect_share(horizon.dead_points[0], 0.25);
  expect_share(horizon.dead_points[1], 0.50);
  expect_share(horizon.dead_points[2], 0.25);

  for (const CheckpointTally& tally : tallies.checkpoints) {
    EXPECT_EQ(std::accumulate(tally.patterns.begin(), tally.patterns.end(), std::uint64_t{0}), trials);
    EXPECT_EQ(tally.margin.count(), tally.classified);
    EXPECT_EQ(tally.gap.count(), tally.classified);
    EXPECT_EQ(tally.log10_loss.count(), trials);
  }
  const CheckpointTally& start = tallies.checkpoints.front();
  expect_share(start.classified, 0.25);
  const Quantiles margin = start.margin.quantiles();
  const Quantiles gap = start.gap.quantiles();
  EXPECT_EQ(margin.min, 1.0);
  EXPECT_EQ(margin.max, 1.0);
  EXPECT_EQ(margin.mean, 1.0);
  EXPECT_EQ(gap.min, 0.0);
  EXPECT_EQ(gap.max, 0.0);
  EXPECT_LT(tallies.checkpoints.back().margin.quantiles().mean, 0.999) << "the margin drops at first";
  // With zero bias only four of the sixteen patterns can start.
  for (const std::size_t pattern : {0b0101U, 0b1001U, 0b0110U, 0b1010U}) expect_share(start.patterns[pattern], 0.25);
}

TEST(CpuEngine, NoTrialsGiveEmptyTallies) {
  const Schedule schedule = make_schedule(10, {});
  const CellTallies tallies =
      run(available_lane_kernels().front(), 3, {default_data, {he_normal, zero}, 1, 0, 0}, schedule);
  EXPECT_EQ(bits_of(tallies.horizon), bits_of(HorizonTally()));
  EXPECT_EQ(bits_of(tallies.checkpoints.front()), bits_of(CheckpointTally()));
}

TEST(CpuEngine, StopsOnASignalWithManyThreads) {
  const Schedule schedule = make_schedule(100, {});
  const CellRun cell = {default_data, {he_normal, zero}, 1, 0, 5000};
  RunControl control;
  control.stop_signal = 2;
  int checkpoints = 0;
  const auto engine = make_cpu_engine(available_lane_kernels().back(), 4);
  try {
    engine->run(
        cell, schedule, [&](std::size_t, const CheckpointTally&) { ++checkpoints; }, control);
    FAIL() << "went on";
  } catch (const Interrupted& interrupted) {
    EXPECT_EQ(interrupted.signal, 2);
  }
  EXPECT_EQ(checkpoints, 0);
}

TEST(CpuEngine, PassesOnWhatTheSinkThrows) {
  RunControl control;
  const auto refuse = [](std::size_t, const CheckpointTally&) { throw FileError("disk full"); };
  const auto engine = make_cpu_engine(available_lane_kernels().back(), 2);
  EXPECT_THROW(engine->run({default_data, {he_normal, zero}, 1, 0, 64}, make_schedule(10, {}), refuse, control),
               FileError);
}

TEST(CpuEngine, DescribesLanesAndThreads) {
  const LaneKernels scalar = available_lane_kernels().front();
  EXPECT_EQ(make_cpu_engine(scalar, 1)->description(), "cpu (scalar, 1 lane, 1 thread)");
  EXPECT_EQ(make_cpu_engine(scalar, 3)->description(), "cpu (scalar, 1 lane, 3 threads)");
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
}  // namespace logmargin::cpu_engine_test
