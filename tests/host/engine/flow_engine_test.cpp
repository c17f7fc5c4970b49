#include <gtest/gtest.h>

#include "host/engine/cpu/batch.hpp"
#include "host/engine/feasibility.hpp"
#include "host/engine/leap_check.hpp"
#include "host/error.hpp"
#include "tests/support/flow_reference.hpp"
#include "tests/support/random_source.hpp"

namespace logmargin::flow_engine_test {
namespace {

using testing::columns_of;
using testing::gradient_flow;
using testing::same_bits;

constexpr InitialDistribution he_normal = {InitialDistribution::Family::normal, 1.4142135623730951};

CellRun flow_cell(double positive, double negative, Loss loss, std::uint64_t trials) {
  CellRun cell = {make_problem(positive, negative, 0.1, gradient_flow(loss)), {he_normal, he_normal}, 7, 0, trials};
  cell.stepping = auto_stepping;
  cell.thresholds = {0.1, 0.01};
  return cell;
}

std::vector<Network<double>> initial_states(const CellRun& cell) {
  return initial_networks(available_simd_dispatch_tables().back(), cell, 0, static_cast<std::size_t>(cell.trials))
      .networks;
}

TEST(FlowEngine, RecordedTimesOnTheWayChangeNoBitNorDoesTheStepping) {
  for (const auto& [positive, negative] : {std::pair{1.0, -1.0}, {2.0, -2.0}, {2.0, 1.0}}) {
    const CellRun cell = flow_cell(positive, negative, Loss::exponential, 100);
    const SimdDispatchTable kernels = available_simd_dispatch_tables().back();
    BatchScratch scratch(100);
    RunControl control;
    Trajectories direct(cell.problem, auto_stepping, initial_states(cell));
    Trajectories often(cell.problem, lockstep_stepping, initial_states(cell));
    for (double t = 1.0; t < 1e5; t = 2.0 * t + 1.0) often.advance(kernels, t, scratch, control);
    often.advance(kernels, 1e5, scratch, control);
    direct.advance(kernels, 1e5, scratch, control);
    for (std::size_t i = 0; i < direct.count(); ++i) {
      for (std::size_t k = 0; k < 4; ++k) {
        ASSERT_TRUE(same_bits(columns_of(often.network(i))[k], columns_of(direct.network(i))[k])) << i;
      }
      ASSERT_EQ(often.outcome(i), direct.outcome(i));
    }
  }
}

/// GD's step is the flow's with an error of order eta: with small steps both stand at the same place at the same eta t.
TEST(FlowEngine, SmallStepsComeNearTheFlow) {
  for (const auto& [positive, negative] : {std::pair{1.0, -1.0}, {1.5, -0.4}, {2.0, -2.0}}) {
    constexpr double eta = 1e-4;
    constexpr double steps = 2e5;
    CellRun cell = flow_cell(positive, negative, Loss::exponential, 64);
    const std::vector<Network<double>> initial = initial_states(cell);
    const SimdDispatchTable kernels = available_simd_dispatch_tables().back();
    BatchScratch scratch(64);
    RunControl control;
    Trajectories flow(make_problem(positive, negative, eta, cell.problem.method), auto_stepping, initial);
    Trajectories descent(make_problem(positive, negative, eta), lockstep_stepping, initial);
    flow.advance(kernels, steps, scratch, control);
    descent.advance(kernels, steps, scratch, control);
    for (std::size_t i = 0; i < initial.size(); ++i) {
      for (std::size_t k = 0; k < 4; ++k) {
        // A step moves by up to eta (x^2 + 1)/2 e^3 or so.
        ASSERT_NEAR(columns_of(flow.network(i))[k], columns_of(descent.network(i))[k], 0.01) << i;
      }
    }
  }
}

TEST(FlowEngine, ReachesAnyHorizonAndIsNeverFrozen) {
  RunControl control;
  const CellRun cell = flow_cell(1.5, -0.4, Loss::exponential, 64);
  EXPECT_TRUE(feasibility_of(cell, 1e300, 1, control).by_leaps);
  EXPECT_NO_THROW(choose_stepping(cell, 1e300, 1, control));
  LeapCheck check;
  check_stepping_of(cell, 1e300, 16, control, check);
  EXPECT_EQ(check.networks, 0U);

  BatchScratch scratch(64);
  Trajectories trajectories(cell.problem, lockstep_stepping, initial_states(cell));
  trajectories.advance(available_simd_dispatch_tables().back(), 1e300, scratch, control);
  for (std::size_t i = 0; i < trajectories.count(); ++i) {
    EXPECT_NE(trajectories.outcome(i), Outcome::stagnated) << i;
    EXPECT_NE(trajectories.outcome(i), Outcome::diverged) << i;
  }
}

TEST(FlowEngine, PointsTooMuchAlikeAreUnresolvedNotGuessed) {
  const Problem problem = make_problem(1e-9, -1e-9, 0.1, gradient_flow(Loss::exponential));
  Trajectories trajectories(problem, auto_stepping, {{-1.0, -1.0, 7.9, 7.9}, {1.0, -1.0, -1.0, 1.0}});
  BatchScratch scratch(2);
  RunControl control;
  trajectories.advance(available_simd_dispatch_tables().back(), 1e12, scratch, control);
  EXPECT_EQ(trajectories.outcome(0), Outcome::unresolved);
  EXPECT_GE(trajectories.unresolved_t(0), 0.0);
  EXPECT_LT(trajectories.unresolved_t(0), 1e12);
  EXPECT_NE(trajectories.outcome(1), Outcome::unresolved) << "the others go on";
}

/// What discretisation costs: of a point that starts shared, descent overshoots zero and leaves a delta, the flow none.
TEST(FlowEngine, LeavesNoDeltaWhereDescentOvershoots) {
  const SimdDispatchTable kernels = available_simd_dispatch_tables().back();
  const std::vector<Network<double>> initial = {{1.5, 0.4, 0.7, 1.1}, {1.5, -0.4, 0.7, 1.1}};
  BatchScratch scratch(2);
  RunControl control;
  const Problem descent = make_problem(1.0, -1.0, 0.1);
  const Problem flow = make_problem(1.0, -1.0, 0.1, gradient_flow(Loss::exponential));
  Trajectories stepped(descent, auto_stepping, initial);
  Trajectories continuous(flow, auto_stepping, initial);
  stepped.advance(kernels, 1e6, scratch, control);
  continuous.advance(kernels, 1e6, scratch, control);
  EXPECT_EQ(continuous.network(0).z12, 0.0);
  EXPECT_EQ(continuous.network(0).z21, 0.0);
  EXPECT_EQ(limiting_constant(flow, continuous.network(0)), 0.0);
  EXPECT_GT(limiting_constant(descent, stepped.network(0)), 1e-4);
  // Where only one neuron was to be driven off, the other's inactive pre-activation stays: |delta|/2 = 0.2.
  EXPECT_DOUBLE_EQ(limiting_constant(flow, continuous.network(1)), 0.2);
}

}  // namespace
}  // namespace logmargin::flow_engine_test
