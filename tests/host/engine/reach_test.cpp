#include "host/engine/reach.hpp"

#include <gtest/gtest.h>

#include "host/error.hpp"

namespace logmargin::reach_test {
namespace {

constexpr ParameterLaw he_normal = {ParameterLaw::Shape::normal, 1.4142135623730951};
constexpr ParameterLaw zero = {ParameterLaw::Shape::normal, 0.0};

CellRun cell_of(double positive, double negative, std::uint64_t trials) {
  CellRun cell = {make_problem(positive, negative, 0.1), {he_normal, zero}, 1, 0, trials};
  cell.stepping = auto_stepping;
  return cell;
}

TEST(Reach, DecoupledDataAlwaysLeap) {
  const RunControl control;
  const Reach reach = reach_of(cell_of(1.0, -1.0, 1000), 1e300, 1, control);
  EXPECT_TRUE(reach.by_leaps);
  EXPECT_EQ(reach.lockstep_hours, 0.0);
  EXPECT_EQ(within_reach(cell_of(1.0, -1.0, 1000), 1e300, 1, control).stepping.lockstep_until,
            auto_stepping.lockstep_until);
}

TEST(Reach, OppositePointsLeapThoughCoupled) {
  const RunControl control;
  EXPECT_TRUE(reach_of(cell_of(2.0, -1.0, 1000), 1e300, 1, control).by_leaps);
}

TEST(Reach, WhatCanBeWaitedForIsSteppedToTheEnd) {
  const RunControl control;
  const CellRun run = within_reach(cell_of(2.0, -0.25, 1000), 1e6, 1, control);
  EXPECT_EQ(run.stepping.lockstep_until, 1e6);
}

TEST(Reach, AMinorityWithoutAClosedFormHoldsUpNobody) {
  const RunControl control;
  const CellRun cell = cell_of(2.0, -0.25, 1000);
  const Reach reach = reach_of(cell, 1e30, 2, control);
  EXPECT_FALSE(reach.by_leaps);
  EXPECT_GT(reach.unresolved_share, 0.0);
  ASSERT_LE(reach.unresolved_share, 0.5);
  EXPECT_EQ(within_reach(cell, 1e30, 2, control).stepping.lockstep_until, auto_stepping.lockstep_until);
}

TEST(Reach, HoursGrowWithTrialsAndStepsAndShrinkWithThreads) {
  const RunControl control;
  const double hours = reach_of(cell_of(2.0, -0.25, 1000), 1e9, 1, control).lockstep_hours;
  EXPECT_GT(hours, 0.1);
  EXPECT_LT(hours, 10.0);
  EXPECT_NEAR(reach_of(cell_of(2.0, -0.25, 1000), 1e9, 2, control).lockstep_hours, hours / 2.0, 1e-9 * hours);
  EXPECT_NEAR(reach_of(cell_of(2.0, -0.25, 1000), 1e12, 1, control).lockstep_hours, hours * 1e3, hours);
}

TEST(Reach, OutOfReachIsRefusedWithTheHoursAndAWayOut) {
  const RunControl control;
  CellRun hopeless = cell_of(2.0, 1.0, 1000);
  hopeless.laws.bias = {ParameterLaw::Shape::normal, 2.0};
  hopeless.laws.weight = {ParameterLaw::Shape::normal, 0.5};
  ASSERT_GT(reach_of(hopeless, 1e30, 2, control).unresolved_share, 0.5);
  try {
    within_reach(hopeless, 1e30, 2, control);
    FAIL() << "accepted";
  } catch (const UsageError& error) {
    const std::string message = error.what();
    for (const char* part : {"--steps", "1e+30", "hours", "--stepping lockstep", "--data"}) {
      EXPECT_NE(message.find(part), std::string::npos) << message;
    }
  }
  CellRun asked_for = cell_of(2.0, -0.25, 1000);
  asked_for.stepping = lockstep_stepping;
  EXPECT_FALSE(within_reach(asked_for, 1e30, 2, control).stepping.leaps()) << "lockstep is never refused";
}

}  // namespace
}  // namespace logmargin::reach_test
