#include <gtest/gtest.h>

#include "host/engine/batch.hpp"
#include "tests/kernels/body_tallies.hpp"
#include "tests/support/hostile_networks.hpp"
#include "tests/support/methods.hpp"
#include "tests/support/same_state.hpp"

namespace logmargin::method_body_test {
namespace {

using testing::SerialBatch;

class MethodBody : public ::testing::TestWithParam<Method> {
 protected:
  Problem problem(double positive, double negative, double step_size) const {
    return make_problem(positive, negative, step_size, GetParam());
  }
};

const ParameterLaw he = {ParameterLaw::Shape::normal, 1.4142135623730951};
const RecordRule eight_a_decade = {};
const RecordRule every_step = {RecordRule::Kind::every, 1.0, {}};
const RecordRule listed = {RecordRule::Kind::list, 0.0, {0.0, 100.0, 133.0, 134.0, 400.0}};

TEST_P(MethodBody, TalliesAreTheCpuEnginesToTheBit) {
  const std::vector<double> thresholds = {0.1, 0.01};
  std::uint64_t converging = 0;
  for (const Problem& of : {problem(1.0, -1.0, 0.1), problem(2.0, -0.5, 0.3), problem(1.5, -1.5, 0.1),
                            problem(3.0, 1.0, 0.2), problem(1.0, -1.0, 40.0)}) {
    for (const auto& [record, horizon] :
         {std::pair{eight_a_decade, 700.0}, std::pair{every_step, 60.0}, std::pair{listed, 600.0}}) {
      const CellRun cell = {of, {he, he}, 3, 1'000, 211, Precision::in_double, lockstep_stepping, thresholds};
      const Schedule schedule = make_schedule(horizon, record);
      const testing::Tallies expected = testing::tallies_of_cpu_engine(cell, schedule);
      for (const bool kept : {false, true}) {
        SerialBatch<> batch({of, he, he, cell.seed}, cell.first_trial, cell.trials);
        testing::BodyTallies tallies(schedule, thresholds.size());
        testing::take_through<double>(batch, schedule, thresholds, tallies, kept);
        EXPECT_EQ(tallies.bits(), expected) << "data " << of.positive_position << ',' << of.negative_position
                                            << ", horizon " << horizon << (kept ? ", kept" : "");
        EXPECT_EQ(tallies.horizon.time_to_gap[0].log10_t.quantiles().count, 0U) << "is not known";
        converging += tallies.horizon.outcome[static_cast<std::size_t>(Outcome::converging)];
      }
    }
  }
  EXPECT_GT(converging, 100U) << "or else fits were not met";
}

TEST_P(MethodBody, HostileNetworksToo) {
  testing::RandomSource random(21);
  for (int round = 0; round < 40; ++round) {
    Problem of = testing::hostile_problem(random);
    of.method = GetParam();
    const std::vector<Network<double>> networks = testing::hostile_networks(random, of, 96);
    const Schedule schedule = make_schedule(90.0, round % 2 == 0 ? every_step : RecordRule{});

    SerialBatch<> batch({of, he, he, 0}, 0, networks.size());
    SavedNetworks<double> saved = batch.save();
    const DeviceColumns<double> states = {saved.states.data(), networks.size()};
    for (std::size_t i = 0; i < networks.size(); ++i) states.store(start_of(of, networks[i]), 0, i);
    batch.restore(saved);
    testing::BodyTallies actual(schedule, 0);
    testing::take_through<double>(batch, schedule, {}, actual);

    ASSERT_EQ(actual.bits(), testing::tallies_of_batch(of, {networks}, schedule))
        << "round " << round << " of seed 21, data " << of.positive_position << ',' << of.negative_position << ", step "
        << of.step_size;
  }
}

TEST_P(MethodBody, AdvancesWithTheMemoryAndTheTime) {
  const Problem of = problem(1.5, -1.5, 0.1);
  const TrialSource source = {of, he, he, 7};
  constexpr std::size_t count = 33;
  SerialBatch<> batch(source, 100, count);
  for (const std::int64_t steps : {1, 6, 40, 400}) batch.advance(steps);
  const SavedNetworks<double> saved = batch.save();
  EXPECT_EQ(saved.reached_t, 447.0);
  ASSERT_EQ(saved.states.size(), count * (network_columns + most_memory_columns));
  for (std::size_t i = 0; i < count; ++i) {
    MethodState expected = start_of(of, initial_network(source, 100 + i));
    advance_state(of, 0.0, 447, expected);
    ASSERT_TRUE(testing::same_bits(batch.network(i), expected.network)) << "network " << i;
    for (std::size_t c = 0; c < most_memory_columns; ++c) {
      const double column = saved.states[(network_columns + c) * count + i];
      ASSERT_TRUE(testing::same_bits(column, expected.memory[c])) << "column " << c << " of network " << i;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, MethodBody, ::testing::ValuesIn(testing::methods_but_the_plain()),
                         [](const auto& instance) { return testing::letters_of(instance.param); });

}  // namespace
}  // namespace logmargin::method_body_test
