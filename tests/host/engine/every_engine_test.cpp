#include <gtest/gtest.h>

#include <numeric>

#include "host/engine/cpu/cpu_engine.hpp"
#include "host/engine/reference_engine.hpp"
#include "host/error.hpp"
#include "tests/support/cell_tallies.hpp"
#include "tests/support/fewer_under_sanitizers.hpp"
#include "tests/support/methods.hpp"

namespace logmargin::every_engine_test {
namespace {

using testing::bits_of;
using testing::CellTallies;

const Problem default_data = make_problem(1.0, -1.0, 0.1);
constexpr InitialDistribution he_normal = {InitialDistribution::Family::normal, 1.4142135623730951};
constexpr InitialDistribution zero = {InitialDistribution::Family::normal, 0.0};

struct EngineMaker {
  const char* name;
  std::unique_ptr<Engine> (*make)();

  friend std::ostream& operator<<(std::ostream& out, const EngineMaker& of) { return out << of.name; }
};

class EveryEngine : public ::testing::TestWithParam<EngineMaker> {
 protected:
  std::unique_ptr<Engine> engine = GetParam().make();
};

TEST_P(EveryEngine, ShardsAddToTheWhole) {
  const Schedule schedule = make_schedule(200, {});
  const CellRun whole = {default_data, {he_normal, {InitialDistribution::Family::normal, 0.3}}, 13, 100, 1007};
  const CellTallies expected = testing::tallies_of(*engine, whole, schedule);
  for (const std::uint64_t split : {1, 500, 1006}) {
    CellRun first = whole;
    CellRun second = whole;
    first.trials = split;
    second.first_trial += split;
    second.trials -= split;
    CellTallies sum = testing::tallies_of(*engine, first, schedule);
    const CellTallies other = testing::tallies_of(*engine, second, schedule);
    for (std::size_t r = 0; r < sum.checkpoints.size(); ++r) sum.checkpoints[r] += other.checkpoints[r];
    sum.horizon += other.horizon;
    EXPECT_EQ(testing::bits_of_run(sum), testing::bits_of_run(expected));
  }
}

TEST_P(EveryEngine, HeInitialisationEndsInThePapersProportions) {
  constexpr std::uint64_t trials = testing::fewer_under_sanitizers(300'000);
  // A dead or a specialised point is known at t = 0. Where both points are reversed, the active neuron falls by at
  // least kappa = 0.1 a step and is below 2, from where it takes fewer than 20, or falls past 0 at once.
  const Schedule schedule = make_schedule(30, {});
  const CellTallies tallies = testing::tallies_of(*engine, {default_data, {he_normal, zero}, 14, 0, trials}, schedule);

  const auto expect_share = [&](std::uint64_t count, double probability) {
    const double expected = probability * static_cast<double>(trials);
    // Four standard errors of a binomial count.
    EXPECT_NEAR(static_cast<double>(count), expected, 4.0 * std::sqrt(expected * (1.0 - probability)));
  };
  const HorizonTally& horizon = tallies.horizon;
  expect_share(horizon.outcome[static_cast<std::size_t>(Outcome::converging)], 0.25);
  expect_share(horizon.outcome[static_cast<std::size_t>(Outcome::stuck)], 0.75);
  EXPECT_EQ(horizon.outcome[static_cast<std::size_t>(Outcome::transient)], 0U);
  EXPECT_EQ(horizon.outcome[static_cast<std::size_t>(Outcome::stagnated)], 0U);
  EXPECT_EQ(horizon.outcome[static_cast<std::size_t>(Outcome::diverged)], 0U);
  expect_share(horizon.dead_points[0], 0.25);
  expect_share(horizon.dead_points[1], 0.50);
  expect_share(horizon.dead_points[2], 0.25);

  for (const RecordedTally& tally : tallies.checkpoints) {
    EXPECT_EQ(std::accumulate(tally.patterns.begin(), tally.patterns.end(), std::uint64_t{0}), trials);
    EXPECT_EQ(tally.margin.count(), tally.classified);
    EXPECT_EQ(tally.gap.count(), tally.classified);
    EXPECT_EQ(tally.log10_loss.count(), trials);
  }
  const RecordedTally& start = tallies.checkpoints.front();
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

TEST_P(EveryEngine, NoTrialsGiveEmptyTallies) {
  const Schedule schedule = make_schedule(10, {});
  const CellTallies tallies = testing::tallies_of(*engine, {default_data, {he_normal, zero}, 1, 0, 0}, schedule);
  EXPECT_EQ(bits_of(tallies.horizon), bits_of(HorizonTally()));
  EXPECT_EQ(bits_of(tallies.checkpoints.front()), bits_of(RecordedTally()));
}

/// In every way of moving that an engine has.
TEST_P(EveryEngine, StopsOnASignal) {
  const Problem coupled = make_problem(1.5, -0.4, 0.1);
  const Problem flow = make_problem(1.5, -0.4, 0.1, testing::method_of("flow", "exp"));
  const Problem momentum = make_problem(1.0, -1.0, 0.1, testing::method_of("nesterov", "exp"));
  for (const auto& [problem, stepping] :
       {std::pair{default_data, lockstep_stepping}, std::pair{coupled, lockstep_stepping},
        std::pair{default_data, auto_stepping}, std::pair{default_data, leap_stepping},
        std::pair{coupled, auto_stepping}, std::pair{coupled, leap_stepping}, std::pair{flow, auto_stepping},
        std::pair{momentum, lockstep_stepping}}) {
    CellRun cell = {problem, {he_normal, zero}, 1, 0, 5000};
    cell.stepping = stepping;
    RunControl control;
    control.stop_signal = 2;
    int checkpoints = 0;
    try {
      engine->run(
          cell, make_schedule(100, {}), [&](std::size_t, const RecordedTally&) { ++checkpoints; }, control);
      FAIL() << "went on";
    } catch (const Interrupted& interrupted) {
      EXPECT_EQ(interrupted.signal, 2);
    }
    EXPECT_EQ(checkpoints, 0);
  }
}

TEST_P(EveryEngine, PassesOnWhatTheSinkThrows) {
  RunControl control;
  const auto refuse = [](std::size_t, const RecordedTally&) { throw FileError("disk full"); };
  EXPECT_THROW(engine->run({default_data, {he_normal, zero}, 1, 0, 64}, make_schedule(10, {}), refuse, control),
               FileError);
}

INSTANTIATE_TEST_SUITE_P(
    All, EveryEngine,
    ::testing::Values(
        EngineMaker{"Reference", make_reference_engine},
        EngineMaker{"Scalar", [] { return make_cpu_engine(available_simd_dispatch_tables().front(), 1); }},
        EngineMaker{"Widest", [] { return make_cpu_engine(available_simd_dispatch_tables().back(), 4); }}),
    [](const auto& instance) { return std::string(instance.param.name); });

TEST(CpuEngine, DescribesLanesAndThreads) {
  const SimdDispatchTable scalar = available_simd_dispatch_tables().front();
  EXPECT_EQ(make_cpu_engine(scalar, 1)->description(), "cpu (scalar, 1 lane, 1 thread)");
  EXPECT_EQ(make_cpu_engine(scalar, 3)->description(), "cpu (scalar, 1 lane, 3 threads)");
}

}  // namespace
}  // namespace logmargin::every_engine_test
