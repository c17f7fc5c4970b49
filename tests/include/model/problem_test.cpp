#include "logmargin/model/problem.hpp"

#include <gtest/gtest.h>

#include "logmargin/model/gradient_step.hpp"

namespace logmargin::problem_test {
namespace {

TEST(Problem, DefaultDataDecouplesWithMarginOne) {
  const Problem problem = make_problem(1.0, -1.0, 0.1);
  EXPECT_EQ(problem.rate_positive, 0.1);
  EXPECT_EQ(problem.rate_negative, 0.1);
  EXPECT_EQ(problem.rate_coupling, 0.0);
  EXPECT_EQ(problem.optimal_margin, 1.0);
  EXPECT_TRUE(problem.has_orthogonal_points());
}

TEST(Problem, RatesAreHalfTheStepTimesTheGramMatrix) {
  // Powers of two, so that every product is exact.
  const Problem problem = make_problem(2.0, 0.5, 0.25);
  EXPECT_EQ(problem.rate_positive, 0.125 * 5.0);
  EXPECT_EQ(problem.rate_negative, 0.125 * 1.25);
  EXPECT_EQ(problem.rate_coupling, 0.125 * 2.0);
  EXPECT_EQ(problem.optimal_margin, 0.75);
  EXPECT_FALSE(problem.has_orthogonal_points());
  EXPECT_EQ(problem.positive_position, 2.0);
  EXPECT_EQ(problem.negative_position, 0.5);
  EXPECT_EQ(problem.step_size, 0.25);
}

TEST(Problem, MarginDoesNotDependOnTheOrderOnTheLine) {
  EXPECT_EQ(make_problem(-3.0, 4.0, 1.0).optimal_margin, 3.5);
  EXPECT_EQ(make_problem(4.0, -3.0, 1.0).optimal_margin, 3.5);
}

TEST(Problem, ReciprocalPositionsDecouple) {
  EXPECT_TRUE(make_problem(2.0, -0.5, 0.3).has_orthogonal_points());
  EXPECT_FALSE(make_problem(2.0, -2.0, 0.3).has_orthogonal_points());
}

TEST(Problem, RatesBeyondDoubleLeaveWhatDoesNotMoveWhereItIs) {
  const Problem problem = make_problem(1e200, -1e200, 0.1);
  EXPECT_EQ(problem.rate_positive, 0x1p1022);
  EXPECT_EQ(problem.rate_negative, 0x1p1022);
  EXPECT_EQ(problem.rate_coupling, -0x1p1022);
  const Network<double> dead = {-1.0, -2.0, -0.5, -3.0};
  const Network<double> next = gradient_step(problem, dead);
  EXPECT_EQ(next.z11, dead.z11);
  EXPECT_EQ(next.z12, dead.z12);
  EXPECT_EQ(next.z21, dead.z21);
  EXPECT_EQ(next.z22, dead.z22);
}

}  // namespace
}  // namespace logmargin::problem_test
