#include "kernels/path_body.hpp"

#include <gtest/gtest.h>

#include "tests/kernels/body_tallies.hpp"
#include "tests/support/methods.hpp"
#include "tests/support/same_state.hpp"
#include "tests/support/spatial_cells.hpp"

namespace logmargin::path_body_test {
namespace {

using testing::SerialBatch;

class PathBody : public ::testing::TestWithParam<Method> {};

const ParameterLaw he = {ParameterLaw::Shape::normal, 1.4142135623730951};
const RecordRule eight_a_decade = {};
const RecordRule listed = {RecordRule::Kind::list, 0.0, {0.0, 3.0, 4.0, 100.0}};
const RecordRule each_decade = {RecordRule::Kind::per_decade, 1, {}};

struct Met {
  std::uint64_t converging = 0, known_times = 0;
};

void expect_the_cpus(const CellRun& cell, const Schedule& schedule, Met& met) {
  const testing::Tallies expected = testing::tallies_of_cpu_engine(cell, schedule);
  for (const bool kept : {false, true}) {
    TrialSource source = {cell.problem, cell.laws.weight, cell.laws.bias, cell.seed};
    source.axes = cell.directions.axes();
    SerialBatch<> batch(source, cell.first_trial, static_cast<std::size_t>(cell.trials));
    testing::BodyTallies tallies(schedule, cell.thresholds.size());
    testing::take_through<double>(batch, schedule, cell.thresholds, tallies, kept);
    EXPECT_EQ(tallies.bits(), expected) << "horizon " << schedule.horizon << (kept ? ", kept" : "");
    met.converging += tallies.horizon.outcome[static_cast<std::size_t>(Outcome::converging)];
    for (const auto& times : tallies.horizon.time_to_gap) met.known_times += times.log10_t.quantiles().count;
  }
}

TEST_P(PathBody, TalliesAreTheCpuEnginesToTheBit) {
  Met decoupled, coupled;
  for (const auto& [positive, negative] : {std::pair{1.0, -1.0}, {2.0, -0.5}, {1.5, -0.4}, {1.5, -1.5}, {3.0, 1.0}}) {
    CellRun cell = {make_problem(positive, negative, 0.1, GetParam()), {he, he}, 3, 1'000, 131};
    cell.stepping = auto_stepping;
    cell.thresholds = {0.1, 0.01};
    SCOPED_TRACE(testing::name_of(cell));
    Met& met = cell.problem.decoupled() ? decoupled : coupled;
    for (const auto& [record, horizon] : {std::pair{eight_a_decade, 1e4}, {listed, 200.0}, {each_decade, 1e300}}) {
      expect_the_cpus(cell, make_schedule(horizon, record), met);
    }
  }
  EXPECT_GT(decoupled.converging, 50U);
  EXPECT_GT(coupled.converging, 50U);
  EXPECT_EQ(decoupled.known_times > 0, GetParam().loss == Loss::exponential);
}

TEST_P(PathBody, InSpaceToo) {
  Met met;
  for (CellRun cell : testing::spatial_cells()) {
    SCOPED_TRACE(testing::name_of(cell));
    cell.problem.method = GetParam();
    expect_the_cpus(cell, make_schedule(1e4, eight_a_decade), met);
  }
  EXPECT_GT(met.converging, 50U);
  EXPECT_EQ(met.known_times > 0, GetParam().loss == Loss::exponential);
}

INSTANTIATE_TEST_SUITE_P(All, PathBody, ::testing::ValuesIn(testing::methods_without_steps()),
                         [](const auto& instance) { return testing::letters_of(instance.param); });

TEST(PathColumns, HoldAPathWhole) {
  const Problem problem = make_problem(1.5, -0.4, 0.1, testing::method_of("flow", "exp"));
  DirectPath path = path_of(problem, {0.7, 0.3, 0.4, 0.5});
  bool in_one_phase = false;
  for (double t = 0.5; t < 1e4; t *= 1.5) {
    DirectPath kept = unpacked(packed(path));
    EXPECT_EQ(kept.attempts, path.attempts);
    for (const auto& [of_kept, of_path] : {std::pair{kept.last, path.last}, {kept.next, path.next}}) {
      EXPECT_EQ(of_kept.at_rest, of_path.at_rest);
      EXPECT_EQ(of_kept.at_event, of_path.at_event);
    }
    in_one_phase = in_one_phase || !path.next.at_event;
    EXPECT_TRUE(testing::same_bits(network_at(problem, kept, t), network_at(problem, path, t)));
  }
  EXPECT_TRUE(in_one_phase);
  EXPECT_GT(path.attempts, 0);
}

TEST(FollowPath, SaysWhereItGaveUp) {
  const Problem problem = make_problem(1e-9, -1e-9, 0.1, testing::method_of("flow", "exp"));
  std::vector<double> columns(static_cast<std::size_t>(column_counts(problem).states));
  const DeviceColumns<double> state = {columns.data(), 1};
  state.store(Network<double>{-1.0, -1.0, 7.9, 7.9}, 0, 0);
  start_path(problem, state, 0);
  const auto given_up = [&] { return PathStates::path(state, 0).given_up(); };
  follow_path<GradientFlow, ExponentialLoss, true>(problem, state, 0, 1e-3);
  EXPECT_FALSE(given_up());
  follow_path<GradientFlow, ExponentialLoss, true>(problem, state, 0, 1e12);
  EXPECT_TRUE(given_up());
  EXPECT_EQ(PathStates::outcome({problem, {}, {}, 0}, 1e12, state, 0), Outcome::unresolved);
}

}  // namespace
}  // namespace logmargin::path_body_test
