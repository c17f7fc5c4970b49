#include "kernels/record_body.hpp"

#include <gtest/gtest.h>

#include "tests/kernels/body_tallies.hpp"

namespace logmargin::record_body_test {
namespace {

using testing::Tallies;

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

/// How often what a case is meant for was met.
struct Met {
  std::size_t settled = 0, stuck = 0, idle = 0, overflows = 0;
};

/// Two batches through the bodies of the kernels.
template <class Number>
Tallies tallies_of_bodies(const CellRun& cell, const Schedule& schedule, Met& met) {
  testing::BodyTallies tallies(schedule, cell.thresholds.size());
  const std::uint64_t half = cell.trials / 2;
  for (const auto& [first, count] : {std::pair{std::uint64_t{0}, half}, std::pair{half, cell.trials - half}}) {
    const TrialSource source = {cell.problem, cell.laws.weight, cell.laws.bias, cell.seed,
                                cell.stepping.lockstep_until};
    testing::SerialBatch<Number> batch(source, cell.first_trial + first, count);
    testing::take_through<Number>(batch, schedule, cell.thresholds, tallies);
    met.overflows += batch.overflows;
    met.settled += batch.settled_recorded;
    met.stuck += batch.stuck_recorded;
    met.idle += batch.idle_recorded;
  }
  return tallies.bits();
}

class RecordBody : public ::testing::TestWithParam<Case> {};

/// More than are found at once.
const std::vector<double> thresholds = {0.7, 0.3, 0.2, 0.1, 0.05, 0.03, 0.01, 0.003, 1e-3, 1e-4};

TEST_P(RecordBody, TalliesAreTheCpuEnginesToTheBit) {
  const Case& of = GetParam();
  const Schedule schedule = make_schedule(of.horizon, of.record);
  const CellRun cell = {of.problem, {of.weights, of.bias}, 3, 1'000, of.trials, of.precision, of.stepping, thresholds};
  Met met;
  const Tallies actual = of.precision == Precision::mixed ? tallies_of_bodies<Pair<float>>(cell, schedule, met)
                                                          : tallies_of_bodies<double>(cell, schedule, met);
  const Tallies expected = testing::tallies_of_cpu_engine(cell, schedule);
  ASSERT_EQ(actual.size(), expected.size());
  for (std::size_t r = 0; r < actual.size(); ++r) EXPECT_EQ(actual[r], expected[r]) << "recorded t number " << r;
  if (of.weights.scale > 1e4) {
    EXPECT_GT(met.overflows, 0U);
  }
  if (of.stepping.leaps()) {
    EXPECT_EQ(met.settled + met.stuck + met.idle, 0U);
  } else if (!of.problem.decoupled()) {
    EXPECT_EQ(met.stuck + met.idle, 0U);
    // The other way round a neuron that is silent may fire again.
    EXPECT_EQ(met.settled > 0, of.problem.rate_coupling < 0.0);
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
}  // namespace logmargin::record_body_test
