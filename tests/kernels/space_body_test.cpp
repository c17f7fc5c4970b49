#include <gtest/gtest.h>

#include "host/engine/batch.hpp"
#include "kernels/space_network.hpp"
#include "tests/kernels/body_tallies.hpp"
#include "tests/support/hostile_networks.hpp"
#include "tests/support/methods.hpp"
#include "tests/support/spatial_cells.hpp"

namespace logmargin::space_body_test {
namespace {

using testing::SerialBatch;

const RecordRule eight_a_decade = {};
const RecordRule every_step = {RecordRule::Kind::every, 1.0, {}};

struct Met {
  std::uint64_t converging = 0, known_times = 0;
  std::size_t settled = 0, stuck = 0, idle = 0;
};

template <class Number>
void expect_the_cpus(const CellRun& cell, const Schedule& schedule, Met& met) {
  const testing::Tallies expected = testing::tallies_of_cpu_engine(cell, schedule);
  for (const bool kept : {false, true}) {
    SerialBatch<Number> batch({cell.problem, cell.laws.weight, cell.laws.bias, cell.seed, cell.stepping.lockstep_until,
                               cell.directions.axes()},
                              cell.first_trial, static_cast<std::size_t>(cell.trials));
    testing::BodyTallies tallies(schedule, cell.thresholds.size());
    testing::take_through<Number>(batch, schedule, cell.thresholds, tallies, kept);
    EXPECT_EQ(tallies.bits(), expected) << "horizon " << schedule.horizon << (kept ? ", kept" : "");
    met.converging += tallies.horizon.outcome[static_cast<std::size_t>(Outcome::converging)];
    for (const auto& times : tallies.horizon.time_to_gap) met.known_times += times.log10_t.quantiles().count;
    met.settled += batch.settled_recorded;
    met.stuck += batch.stuck_recorded;
    met.idle += batch.idle_recorded;
  }
}

TEST(SpaceBody, TalliesAreTheCpuEnginesToTheBit) {
  for (const Precision precision : {Precision::in_double, Precision::mixed}) {
    Met met;
    for (CellRun cell : testing::spatial_cells()) {
      SCOPED_TRACE(testing::name_of(cell));
      cell.precision = precision;
      for (const Schedule& schedule : {make_schedule(500.0, eight_a_decade), make_schedule(60.0, every_step)}) {
        if (precision == Precision::mixed) {
          expect_the_cpus<Pair<float>>(cell, schedule, met);
        } else {
          expect_the_cpus<double>(cell, schedule, met);
        }
      }
    }
    EXPECT_GT(met.converging, 100U);
    EXPECT_GT(met.known_times, 100U);
    EXPECT_GT(std::min({met.settled, met.stuck, met.idle}), 0U) << "or else a body was not met";
  }
}

TEST(SpaceBody, LeapsToo) {
  Met met;
  for (CellRun cell : testing::spatial_cells()) {
    if (!cell.problem.decoupled()) continue;
    SCOPED_TRACE(testing::name_of(cell));
    for (const auto& [stepping, horizon] : {std::pair{leap_stepping, 1e300}, {Stepping{512.0}, 1e20}}) {
      cell.stepping = stepping;
      expect_the_cpus<double>(cell, make_schedule(horizon, {RecordRule::Kind::per_decade, 1, {}}), met);
    }
  }
  EXPECT_GT(met.converging, 100U);
}

class SpaceBodyOfMethod : public ::testing::TestWithParam<Method> {};

TEST_P(SpaceBodyOfMethod, TalliesAreTheCpuEnginesToTheBit) {
  Met met;
  for (CellRun cell : testing::spatial_cells()) {
    SCOPED_TRACE(testing::name_of(cell));
    cell.problem.method = GetParam();
    for (const Schedule& schedule : {make_schedule(400.0, eight_a_decade), make_schedule(40.0, every_step)}) {
      expect_the_cpus<double>(cell, schedule, met);
    }
  }
  EXPECT_GT(met.converging, 50U);
}

/// Weights and frozen parts at the ends of the range of double.
TEST_P(SpaceBodyOfMethod, HostileNetworksToo) {
  testing::RandomSource random(22);
  for (int round = 0; round < 40; ++round) {
    Problem of = testing::hostile_problem(random);
    of.method = GetParam();
    of.in_space = true;
    if (round % 2 == 0) of.offset = random.log_uniform(-20.0, 20.0);
    InitialNetworks initial = {testing::hostile_networks(random, of, 96)};
    for (std::size_t i = 0; i < initial.networks.size(); ++i) {
      for_each_column(initial.frozen.emplace_back(), [&](double& part) { part = testing::hostile_number(random); });
    }
    const std::size_t count = initial.networks.size();
    const Schedule schedule = make_schedule(60.0, round % 2 == 0 ? every_step : eight_a_decade);

    const ParameterLaw law = {ParameterLaw::Shape::normal, 1.0};
    constexpr double axis[] = {1.0, 0.0};
    SerialBatch<> batch({of, law, law, 0, std::numeric_limits<double>::infinity(), {2, 1, axis, axis + 1}}, 0, count);
    SavedNetworks<double> saved = batch.save();
    const DeviceColumns<double> states = {saved.states.data(), count};
    const DeviceColumns<double> tracks = {saved.tracks.data(), count};
    for (std::size_t i = 0; i < count; ++i) {
      if (of.method.plain()) {
        states.store(initial.networks[i], 0, i);
      } else {
        states.store(start_of(of, initial.networks[i], squared_size(of, initial.frozen[i])), 0, i);
      }
      tracks.store(initial.frozen[i], first_frozen_column, i);
    }
    batch.restore(saved);
    testing::BodyTallies actual(schedule, 0);
    testing::take_through<double>(batch, schedule, {}, actual);

    ASSERT_EQ(actual.bits(), testing::tallies_of_batch(of, initial, schedule))
        << "round " << round << " of seed 22, data " << of.positive_position << ',' << of.negative_position
        << ", offset " << of.offset << ", step " << of.step_size;
  }
}

INSTANTIATE_TEST_SUITE_P(All, SpaceBodyOfMethod, ::testing::ValuesIn(testing::stepped_methods()),
                         [](const auto& instance) { return testing::letters_of(instance.param); });

}  // namespace
}  // namespace logmargin::space_body_test
