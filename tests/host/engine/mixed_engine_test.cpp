#include <gtest/gtest.h>

#include "host/engine/cpu_engine.hpp"
#include "logmargin/gradient_step.hpp"
#include "tests/support/one_by_one.hpp"
#include "tests/support/tally_bits.hpp"

namespace logmargin::mixed_engine_test {
namespace {

using testing::bits_of;
using testing::CellTallies;
using testing::one_by_one;

constexpr ParameterLaw he_normal = {ParameterLaw::Shape::normal, 1.4142135623730951};
constexpr ParameterLaw small_bias = {ParameterLaw::Shape::uniform, 0.5};

std::vector<std::uint64_t> all_bits(const CellTallies& tallies) {
  std::vector<std::uint64_t> all = bits_of(tallies.horizon);
  for (const CheckpointTally& tally : tallies.checkpoints) {
    const std::vector<std::uint64_t> own = bits_of(tally);
    all.insert(all.end(), own.begin(), own.end());
  }
  return all;
}

CellRun mixed_cell(double x1, double x2, std::uint64_t trials) {
  return {make_problem(x1, x2, 0.2), {he_normal, small_bias}, 31, 7, trials, Precision::mixed};
}

Schedule short_schedule() { return make_schedule(300.0, {RecordRule::Kind::list, 0.0, {0.0, 1.0, 17.0, 100.0}}); }

CellTallies run(const LaneKernels& kernels, unsigned threads, const CellRun& cell, const Schedule& schedule) {
  CellTallies shown;
  RunControl control;
  const auto keep = [&](std::size_t, const CheckpointTally& tally) { shown.checkpoints.push_back(tally); };
  shown.horizon = make_cpu_engine(kernels, threads)->run(cell, schedule, keep, control);
  return shown;
}

TEST(MixedEngine, ShowsWhatTrialsShowOneByOneOnEveryInstructionSetAndThreadCount) {
  for (const auto& [x1, x2] : {std::pair{1.0, -1.0}, std::pair{1.5, -0.4}, std::pair{2.0, -1.0}}) {
    const CellRun cell = mixed_cell(x1, x2, 700);
    const std::vector<std::uint64_t> expected =
        all_bits(one_by_one<testing::LoneNetwork<Pair<float>>>(cell, short_schedule()));
    for (const LaneKernels& kernels : available_lane_kernels()) {
      for (const unsigned threads : {1U, 3U}) {
        EXPECT_EQ(all_bits(run(kernels, threads, cell, short_schedule())), expected)
            << kernels.name << ", " << threads << " threads, data " << x1 << ", " << x2;
      }
    }
  }
}

TEST(MixedEngine, IsNotDoubleUnderAnotherName) {
  const CellRun mixed = mixed_cell(1.0, -1.0, 200);
  CellRun in_double = mixed;
  in_double.precision = Precision::in_double;
  const LaneKernels kernels = available_lane_kernels().back();
  EXPECT_NE(all_bits(run(kernels, 1, mixed, short_schedule())), all_bits(run(kernels, 1, in_double, short_schedule())));
}

TEST(MixedEngine, RecordedTimesDoNotEnterTheStates) {
  // Observation widens the pairs; what it rounds off must not come back into the run.
  const CellRun cell = mixed_cell(1.0, -1.0, 300);
  const LaneKernels kernels = available_lane_kernels().back();
  const Schedule dense = make_schedule(300.0, {RecordRule::Kind::every, 1.0, {}});
  const Schedule sparse = make_schedule(300.0, {RecordRule::Kind::every, 300.0, {}});
  const CheckpointTally often = run(kernels, 1, cell, dense).checkpoints.back();
  const CheckpointTally once = run(kernels, 1, cell, sparse).checkpoints.back();
  EXPECT_EQ(often.patterns, once.patterns);
  EXPECT_EQ(bits_of(often.gap), bits_of(once.gap));
  EXPECT_EQ(bits_of(often.log10_loss), bits_of(once.log10_loss));
}

TEST(MixedEngine, FrozenIsTheOutcomeOfTheMixedStep) {
  // Points that start with margins of 31 to 33 take steps of 1e-14: double moves by them, a pair does not.
  const ParameterLaw weights = {ParameterLaw::Shape::uniform, 33.0};
  const auto frozen = [&](Precision precision) {
    const CellRun cell = {
        make_problem(1.0, -1.0, 0.2), {weights, {ParameterLaw::Shape::uniform, 0.0}}, 5, 0, 20'000, precision};
    return run(available_lane_kernels().back(), 1, cell, make_schedule(1.0, {}))
        .horizon.outcome[static_cast<std::size_t>(Outcome::frozen)];
  };
  EXPECT_GT(frozen(Precision::mixed), frozen(Precision::in_double) + 5);
}

}  // namespace
}  // namespace logmargin::mixed_engine_test
