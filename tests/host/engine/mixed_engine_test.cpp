#include <gtest/gtest.h>

#include "host/engine/cpu_engine.hpp"
#include "logmargin/gradient_step.hpp"
#include "tests/support/tally_bits.hpp"

namespace logmargin {
namespace {

using testing::bits_of;

constexpr ParameterLaw he_normal = {ParameterLaw::Shape::normal, 1.4142135623730951};
constexpr ParameterLaw small_bias = {ParameterLaw::Shape::uniform, 0.5};

struct Shown {
  std::vector<CheckpointTally> checkpoints;
  HorizonTally horizon;

  std::vector<std::uint64_t> bits() const {
    std::vector<std::uint64_t> all = bits_of(horizon);
    for (const CheckpointTally& tally : checkpoints) {
      const std::vector<std::uint64_t> own = bits_of(tally);
      all.insert(all.end(), own.begin(), own.end());
    }
    return all;
  }
};

CellRun mixed_cell(double x1, double x2, std::uint64_t trials) {
  return {make_problem(x1, x2, 0.2), he_normal, small_bias, 31, 7, trials, Precision::mixed};
}

Schedule short_schedule() { return make_schedule(300.0, {RecordRule::Kind::list, 0.0, {0.0, 1.0, 17.0, 100.0}}); }

Shown run(const LaneKernels& kernels, unsigned threads, const CellRun& cell, const Schedule& schedule) {
  Shown shown;
  RunControl control;
  const auto keep = [&](std::size_t, const CheckpointTally& tally) { shown.checkpoints.push_back(tally); };
  shown.horizon = make_cpu_engine(kernels, threads)->run(cell, schedule, keep, control);
  return shown;
}

/// The trials of a mixed cell, each alone, from the formulas on plain pairs.
Shown one_by_one(const CellRun& cell, const Schedule& schedule) {
  Shown shown;
  shown.checkpoints.resize(schedule.times.size());
  for (std::uint64_t i = cell.first_trial; i < cell.first_trial + cell.trials; ++i) {
    const Weights theta = initial_weights(cell.weight_law, cell.bias_law, cell.seed, i);
    auto network = narrow<Pair<float>>(network_from_weights(cell.problem, theta));
    Dip<double> dip = no_dip<double>();
    FitSums<double> sums{};
    double t = 0.0;
    for (std::size_t r = 0; r < schedule.times.size(); ++r) {
      for (; t < schedule.times[r].t; ++t) network = gradient_step(cell.problem, network);
      const Observation<double> seen = observe(cell.problem, widen(network));
      CheckpointTally& tally = shown.checkpoints[r];
      ++tally.patterns[static_cast<std::size_t>(seen.pattern)];
      tally.log10_loss.add(seen.log10_loss);
      if (seen.classified != 0.0) {
        ++tally.classified;
        tally.margin.add(seen.margin);
        tally.gap.add(seen.gap);
      }
      add(dip, schedule.times[r], seen);
      if (schedule.times[r].in_fit_window) add(sums, schedule.times[r], seen);
    }
    add(shown.horizon, cell.problem, network, dip, sums, schedule.fit_window);
  }
  return shown;
}

TEST(MixedEngine, ShowsWhatTrialsShowOneByOneOnEveryInstructionSetAndThreadCount) {
  for (const auto& [x1, x2] : {std::pair{1.0, -1.0}, std::pair{1.5, -0.4}}) {
    const CellRun cell = mixed_cell(x1, x2, 700);
    const std::vector<std::uint64_t> expected = one_by_one(cell, short_schedule()).bits();
    for (const LaneKernels& kernels : available_lane_kernels()) {
      for (const unsigned threads : {1U, 3U}) {
        EXPECT_EQ(run(kernels, threads, cell, short_schedule()).bits(), expected)
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
  EXPECT_NE(run(kernels, 1, mixed, short_schedule()).bits(), run(kernels, 1, in_double, short_schedule()).bits());
}

TEST(MixedEngine, RecordedTimesDoNotEnterTheStates) {
  // Observation widens the pairs; what it rounds off must not come back into the run.
  const CellRun cell = mixed_cell(1.0, -1.0, 300);
  const LaneKernels kernels = available_lane_kernels().back();
  const Schedule dense = make_schedule(300.0, {RecordRule::Kind::every, 1.0, {}});
  const Schedule sparse = make_schedule(300.0, {RecordRule::Kind::every, 300.0, {}});
  EXPECT_EQ(bits_of(run(kernels, 1, cell, dense).checkpoints.back()),
            bits_of(run(kernels, 1, cell, sparse).checkpoints.back()));
}

TEST(MixedEngine, FrozenIsTheOutcomeOfTheMixedStep) {
  // Points that start with margins of 31 to 33 take steps of 1e-14: double moves by them, a pair does not.
  const ParameterLaw weights = {ParameterLaw::Shape::uniform, 33.0};
  const auto frozen = [&](Precision precision) {
    const CellRun cell = {
        make_problem(1.0, -1.0, 0.2), weights, {ParameterLaw::Shape::uniform, 0.0}, 5, 0, 20'000, precision};
    return run(available_lane_kernels().back(), 1, cell, make_schedule(1.0, {}))
        .horizon.outcome[static_cast<std::size_t>(Outcome::frozen)];
  };
  EXPECT_GT(frozen(Precision::mixed), frozen(Precision::in_double) + 5);
}

}  // namespace
}  // namespace logmargin
