#include "kernels/record_body.hpp"

#include <gtest/gtest.h>

#include "host/engine/cpu_engine.hpp"
#include "host/engine/cuda_engine.hpp"
#include "kernels/record_group.hpp"
#include "tests/kernels/serial_batch.hpp"
#include "tests/support/tally_bits.hpp"

namespace logmargin {
namespace {

struct Case {
  const char* name;
  Problem problem;
  ParameterLaw weights, bias;
  RecordRule record;
  Precision precision = Precision::in_double;
  Stepping stepping = lockstep_stepping;
  double horizon = 600.0;
  std::uint64_t trials = 777;
};

const ParameterLaw he = {ParameterLaw::Shape::normal, 1.4142135623730951};
const ParameterLaw none = {ParameterLaw::Shape::normal, 0.0};
const RecordRule eight_a_decade = {};
const RecordRule every_step = {RecordRule::Kind::every, 1.0, {}};
const RecordRule listed = {RecordRule::Kind::list, 0.0, {0.0, 100.0, 133.0, 134.0, 400.0}};

using Tallies = std::vector<std::vector<std::uint64_t>>;

Tallies of_cpu_engine(const CellRun& cell, const Schedule& schedule) {
  Tallies tallies;
  RunControl control;
  const HorizonTally horizon =
      make_cpu_engine(available_lane_kernels().back(), 1)
          ->run(
              cell, schedule,
              [&](std::size_t, const CheckpointTally& tally) { tallies.push_back(testing::bits_of(tally)); }, control);
  tallies.push_back(testing::bits_of(horizon));
  return tallies;
}

/// How often what a case is meant for was met.
struct Met {
  std::size_t settled = 0, stuck = 0, idle = 0, overflows = 0;
};

/// Two batches through the bodies of the kernels, grouped as the CUDA engine groups.
template <class Number>
Tallies of_bodies(const CellRun& cell, const Schedule& schedule, Met& met) {
  const std::vector<RecordedTime>& times = schedule.times();
  std::vector<CheckpointTally> tallies(times.size());
  HorizonTally horizon(schedule.fits.size(), cell.thresholds.size());
  std::vector<FitWindow> windows;
  for (const Fit& fit : schedule.fits) windows.push_back(fit.window);
  const std::uint64_t half = cell.trials / 2;
  for (const auto& [first, count] : {std::pair{std::uint64_t{0}, half}, std::pair{half, cell.trials - half}}) {
    const TrialSource source = {cell.problem, cell.laws.weight, cell.laws.bias, cell.seed,
                                cell.stepping.lockstep_until};
    testing::SerialBatch<Number> batch(source, cell.first_trial + first, count);
    double reached = 0.0;
    for (std::size_t r = 0; r < times.size();) {
      RecordGroup group = {r, std::min<std::size_t>(5, times.size() - r), 0};
      std::vector<std::int64_t> steps;
      if (!source.leaps()) {
        group = next_group(times, r, times.size(), reached, 5);
        if (group.lead_steps > 0) batch.advance(group.lead_steps);
        reached += static_cast<double>(group.lead_steps);
        steps = steps_before_each(times, group, reached);
      }
      std::vector<std::span<const RecordedTime>> earlier;
      for (std::size_t fit = 0; fit + 1 < schedule.fits.size(); ++fit) {
        earlier.push_back(std::span(schedule.fits[fit].times).subspan(r, group.count));
      }
      const auto counts = batch.record({std::span(times).subspan(r, group.count), earlier, steps, reached});
      for (std::size_t k = 0; k < group.count; ++k) add_counts(tallies[r + k], counts[k]);
      r += group.count;
      reached = times[r - 1].t;
    }
    add_counts(horizon, batch.finish(windows, cell.thresholds));
    met.overflows += batch.overflows;
    met.settled += batch.settled_recorded;
    met.stuck += batch.stuck_recorded;
    met.idle += batch.idle_recorded;
  }
  Tallies all;
  for (const CheckpointTally& tally : tallies) all.push_back(testing::bits_of(tally));
  all.push_back(testing::bits_of(horizon));
  return all;
}

class RecordBody : public ::testing::TestWithParam<Case> {};

TEST_P(RecordBody, TalliesAreTheCpuEnginesToTheBit) {
  const Case& of = GetParam();
  const Schedule schedule = make_schedule(of.horizon, of.record);
  const CellRun cell = {of.problem, {of.weights, of.bias}, 3,           1'000,
                        of.trials,  of.precision,          of.stepping, {0.1, 0.01, 1e-4}};
  Met met;
  const Tallies actual = of.precision == Precision::mixed ? of_bodies<Pair<float>>(cell, schedule, met)
                                                          : of_bodies<double>(cell, schedule, met);
  const Tallies expected = of_cpu_engine(cell, schedule);
  ASSERT_EQ(actual.size(), expected.size());
  for (std::size_t r = 0; r < actual.size(); ++r) EXPECT_EQ(actual[r], expected[r]) << "recorded t number " << r;
  if (of.weights.scale > 1e4) {
    EXPECT_GT(met.overflows, 0U);
  }
  if (!of.problem.decoupled() || of.stepping.leaps()) {
    EXPECT_EQ(met.settled + met.stuck + met.idle, 0U);
  } else if (of.weights.scale < 10.0 && of.problem.rate_positive < largest_settled_rate<double>) {
    EXPECT_GT(met.settled, 0U);
    EXPECT_GT(met.stuck, 0U);
    EXPECT_GT(met.idle, 0U);
  }
}

const Problem standard = make_problem(1.0, -1.0, 0.1);

INSTANTIATE_TEST_SUITE_P(
    All, RecordBody,
    ::testing::Values(
        Case{"HeZeroBias", standard, he, none, eight_a_decade}, Case{"HeMatchedBias", standard, he, he, eight_a_decade},
        Case{"Uniform", standard, {ParameterLaw::Shape::uniform, 1.0}, none, listed},
        Case{"EveryStep", standard, he, he, every_step},
        Case{"LargeSteps", make_problem(1.0, -1.0, 40.0), he, he, eight_a_decade},
        Case{"UnequalRates", make_problem(2.0, -0.5, 0.1), he, he, listed},
        Case{"RatesBeyondDouble", make_problem(2.0, -0.5, 1e308), he, he, listed},
        Case{"Coupled", make_problem(1.5, -1.5, 0.1), he, he, eight_a_decade},
        Case{"CoupledEveryStep", make_problem(3.0, 1.0, 0.2), he, none, every_step},
        Case{"BeyondTheWindows", standard, {ParameterLaw::Shape::normal, 1e6}, he, eight_a_decade},
        Case{"Diverging", standard, {ParameterLaw::Shape::normal, 1e300}, he, listed},
        Case{"SeveralFitsInLockstep",
             make_problem(1.0, -1.0, 2.0),
             he,
             he,
             {RecordRule::Kind::list, 0.0, {9e5, 1e6, 1.1e6}},
             Precision::in_double,
             lockstep_stepping,
             1.2e6,
             12},
        Case{"Leaps",
             standard,
             he,
             he,
             {RecordRule::Kind::per_decade, 1, {}},
             Precision::in_double,
             leap_stepping,
             1e300},
        Case{"LeapsAfterLockstep",
             standard,
             he,
             he,
             {RecordRule::Kind::per_decade, 1, {}},
             Precision::in_double,
             Stepping{512.0},
             1e20},
        Case{"LeapsOfUnequalRates",
             make_problem(2.0, -0.5, 0.02),
             he,
             he,
             {RecordRule::Kind::per_decade, 1, {}},
             Precision::in_double,
             auto_stepping,
             1e30},
        Case{"MixedHeZeroBias", standard, he, none, eight_a_decade, Precision::mixed},
        Case{"MixedHeMatchedBias", standard, he, he, eight_a_decade, Precision::mixed},
        Case{"MixedEveryStep", standard, he, he, every_step, Precision::mixed},
        Case{"MixedLargeSteps", make_problem(1.0, -1.0, 40.0), he, he, eight_a_decade, Precision::mixed},
        Case{"MixedUnequalRates", make_problem(2.0, -0.5, 0.1), he, he, listed, Precision::mixed},
        Case{"MixedCoupled", make_problem(1.5, -1.5, 0.1), he, he, eight_a_decade, Precision::mixed},
        Case{"MixedCoupledEveryStep", make_problem(3.0, 1.0, 0.2), he, none, every_step, Precision::mixed},
        Case{"MixedBeyondTheWindows",
             standard,
             {ParameterLaw::Shape::normal, 1e6},
             he,
             eight_a_decade,
             Precision::mixed},
        Case{"MixedDiverging", standard, {ParameterLaw::Shape::normal, 2e38}, he, listed, Precision::mixed}),
    [](const auto& instance) { return std::string(instance.param.name); });

}  // namespace
}  // namespace logmargin
