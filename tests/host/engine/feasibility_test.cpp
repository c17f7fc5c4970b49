#include "host/engine/feasibility.hpp"

#include <gtest/gtest.h>

#include "host/error.hpp"

namespace logmargin::feasibility_test {
namespace {

constexpr InitialDistribution he_normal = {InitialDistribution::Family::normal, 1.4142135623730951};
constexpr InitialDistribution zero = {InitialDistribution::Family::normal, 0.0};

CellRun cell_of(double positive, double negative, std::uint64_t trials) {
  CellRun cell = {make_problem(positive, negative, 0.1), {he_normal, zero}, 1, 0, trials};
  cell.stepping = auto_stepping;
  return cell;
}

TEST(Feasibility, DecoupledDataAlwaysLeap) {
  const RunControl control;
  const Feasibility feasibility = feasibility_of(cell_of(1.0, -1.0, 1000), 1e300, 1, control);
  EXPECT_TRUE(feasibility.by_leaps);
  EXPECT_EQ(feasibility.lockstep_hours, 0.0);
  EXPECT_EQ(choose_stepping(cell_of(1.0, -1.0, 1000), 1e300, 1, control).stepping.lockstep_until,
            auto_stepping.lockstep_until);
}

TEST(Feasibility, OppositePointsLeapThoughCoupled) {
  const RunControl control;
  EXPECT_TRUE(feasibility_of(cell_of(2.0, -1.0, 1000), 1e300, 1, control).by_leaps);
}

TEST(Feasibility, WhatCanBeWaitedForIsSteppedToTheEnd) {
  const RunControl control;
  const CellRun run = choose_stepping(cell_of(2.0, -0.25, 1000), 1e6, 1, control);
  EXPECT_EQ(run.stepping.lockstep_until, 1e6);
}

TEST(Feasibility, AMinorityWithoutAClosedFormHoldsUpNobody) {
  const RunControl control;
  const CellRun cell = cell_of(2.0, -0.25, 1000);
  const Feasibility feasibility = feasibility_of(cell, 1e30, 2, control);
  EXPECT_FALSE(feasibility.by_leaps);
  EXPECT_GT(feasibility.unresolved_share, 0.0);
  ASSERT_LE(feasibility.unresolved_share, 0.5);
  EXPECT_EQ(choose_stepping(cell, 1e30, 2, control).stepping.lockstep_until, auto_stepping.lockstep_until);
}

TEST(Feasibility, HoursGrowWithTrialsAndStepsAndShrinkWithThreads) {
  const RunControl control;
  const double hours = feasibility_of(cell_of(2.0, -0.25, 1000), 1e9, 1, control).lockstep_hours;
  EXPECT_GT(hours, 0.1);
  EXPECT_LT(hours, 10.0);
  EXPECT_NEAR(feasibility_of(cell_of(2.0, -0.25, 1000), 1e9, 2, control).lockstep_hours, hours / 2.0, 1e-9 * hours);
  EXPECT_NEAR(feasibility_of(cell_of(2.0, -0.25, 1000), 1e12, 1, control).lockstep_hours, hours * 1e3, hours);
}

TEST(Feasibility, OutOfReachIsRefusedWithTheHoursAndAWayOut) {
  const RunControl control;
  CellRun hopeless = cell_of(2.0, 1.0, 1000);
  hopeless.laws.bias = {InitialDistribution::Family::normal, 2.0};
  hopeless.laws.weight = {InitialDistribution::Family::normal, 0.5};
  ASSERT_GT(feasibility_of(hopeless, 1e30, 2, control).unresolved_share, 0.5);
  try {
    choose_stepping(hopeless, 1e30, 2, control);
    FAIL() << "accepted";
  } catch (const UsageError& error) {
    const std::string message = error.what();
    for (const char* part : {"--steps", "1e+30", "hours", "--stepping lockstep", "--data"}) {
      EXPECT_NE(message.find(part), std::string::npos) << message;
    }
  }
  CellRun mixed = cell_of(1.0, -1.0, 50);
  EXPECT_NO_THROW(choose_stepping(mixed, 1e30, 2, control)) << "closed forms lead there";
  mixed.precision = Precision::mixed;
  EXPECT_FALSE(choose_stepping(mixed, 1e9, 2, control).stepping.leaps());
  EXPECT_THROW(choose_stepping(mixed, 1e15, 2, control), UsageError);
  CellRun asked_for = cell_of(2.0, -0.25, 1000);
  asked_for.stepping = lockstep_stepping;
  EXPECT_FALSE(choose_stepping(asked_for, 1e30, 2, control).stepping.leaps()) << "lockstep is never refused";
}

}  // namespace
}  // namespace logmargin::feasibility_test
