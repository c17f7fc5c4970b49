#include "tests/support/methods.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "host/engine/cpu/cpu_engine.hpp"
#include "host/engine/cpu/trajectories.hpp"
#include "host/engine/feasibility.hpp"
#include "host/error.hpp"
#include "tests/support/cell_tallies.hpp"
#include "tests/support/hostile_networks.hpp"
#include "tests/support/method_table.hpp"
#include "tests/support/same_state.hpp"

namespace logmargin::methods_test {
namespace {

using testing::RandomSource;

constexpr InitialDistribution he_normal = {InitialDistribution::Family::normal, 1.4142135623730951};
constexpr InitialDistribution matched = {InitialDistribution::Family::uniform, 1.0};

/// But for the local log exponent, which looks back at the recorded t before.
void expect_same_states(const RecordedTally& a, const RecordedTally& b) {
  EXPECT_EQ(a.patterns, b.patterns);
  for (const auto part : {&RecordedTally::margin, &RecordedTally::gap, &RecordedTally::log10_loss}) {
    const Quantiles of_a = (a.*part).quantiles();
    const Quantiles of_b = (b.*part).quantiles();
    EXPECT_EQ(of_a.count, of_b.count);
    EXPECT_EQ(of_a.min, of_b.min);
    EXPECT_EQ(of_a.max, of_b.max);
    EXPECT_EQ(of_a.mean, of_b.mean);
  }
}

TEST(Methods, DependOnNothingElseThatIsRecorded) {
  const auto engine = make_cpu_engine(available_simd_dispatch_tables().back(), 1);
  for (const Method& method : testing::stepped_methods()) {
    const CellRun cell = {make_problem(1.0, -1.0, 0.2, method), {he_normal, matched}, 5, 0, 100};
    const testing::CellTallies dense =
        testing::tallies_of(*engine, cell, make_schedule(200, {RecordRule::Kind::every, 1, {}}));
    const testing::CellTallies sparse =
        testing::tallies_of(*engine, cell, make_schedule(200, {RecordRule::Kind::list, 0, {100.0}}));
    expect_same_states(dense.checkpoints.at(100), sparse.checkpoints.at(1));
    expect_same_states(dense.checkpoints.at(200), sparse.checkpoints.at(2));
  }
}

/// Hostile states and steps: what is not finite has diverged and nothing else has, the lanes are alike, and no NaN is
/// where a number is counted.
TEST(Methods, DivergeWhereANumberIsNotFinite) {
  RandomSource random(20261131);
  constexpr std::size_t at_once = 64;
  for (int round = 0; round < 40; ++round) {
    for (const Method& method : testing::stepped_methods()) {
      Problem problem = testing::hostile_problem(random);
      problem.method = method;
      const std::vector<Network<double>> initial = testing::hostile_networks(random, problem, at_once);
      std::vector<std::vector<Network<double>>> ends;
      for (const SimdDispatchTable& kernels : available_simd_dispatch_tables()) {
        Trajectories networks(problem, lockstep_stepping, initial);
        BatchScratch scratch(at_once);
        RunControl control;
        networks.advance(kernels, 23.0, scratch, control);
        ends.emplace_back();
        for (std::size_t i = 0; i < at_once; ++i) {
          ends.back().push_back(networks.network(i));
          const Network<double>& end = ends.back().back();
          const bool finite =
              std::isfinite(end.z11) && std::isfinite(end.z12) && std::isfinite(end.z21) && std::isfinite(end.z22);
          ASSERT_EQ(networks.outcome(i) == Outcome::diverged, !finite) << facts_of(method).name << ", " << i;
          const Observation<double> seen = observe(problem, networks.network(i));
          ASSERT_FALSE(std::isnan(seen.margin) || std::isnan(seen.gap)) << facts_of(method).name;
          ASSERT_TRUE(testing::same_bits(ends.back()[i], ends.front()[i])) << facts_of(method).name << ", " << i;
        }
      }
    }
  }
}

TEST(Methods, AnswerAStopBetweenSteps) {
  const Method ngd = {testing::place_of("ngd"), 0.0, Loss::exponential};
  Trajectories networks(make_problem(1.0, -1.0, 0.1, ngd), lockstep_stepping, {{1.0, -1.0, -1.0, 1.0}});
  BatchScratch scratch(1);
  RunControl control;
  control.stop_signal = 15;
  EXPECT_THROW(networks.advance(available_simd_dispatch_tables().back(), 1e12, scratch, control), Interrupted);
}

TEST(Methods, AreOutOfReachWhereStepsWouldTakeADay) {
  const Method nesterov = {testing::place_of("nesterov"), 0.0, Loss::exponential};
  CellRun cell = {make_problem(1.0, -1.0, 0.1, nesterov), {he_normal, matched}, 1, 0, 1000};
  cell.stepping = auto_stepping;
  const RunControl control;
  EXPECT_FALSE(choose_stepping(cell, 1e6, 1, control).stepping.leaps());
  try {
    choose_stepping(cell, 1e12, 1, control);
    FAIL();
  } catch (const UsageError& error) {
    const std::string message = error.what();
    EXPECT_NE(message.find("--steps: '1000000000000'"), std::string::npos) << message;
    EXPECT_NE(message.find("of this optimiser"), std::string::npos) << message;
    EXPECT_NE(message.find("hours"), std::string::npos) << message;
  }
}

}  // namespace
}  // namespace logmargin::methods_test
