#include "logmargin/closed_form/leap.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/support/random_source.hpp"
#include "tests/support/reference_table.hpp"

namespace logmargin::testing::leap_test {
namespace {

TEST(Abel, RisesByOneAStep) {
  // The series is cut at 16 terms, 1e-15 steps; A itself is rounded to its own size.
  for (double u = least_abel_argument; u < 1e6; u *= 1.37) {
    const double s = 1.0 / u;
    EXPECT_NEAR(abel(u * std::exp(s)) - abel(u), 1.0, 1e-15 * u + 4e-15) << "u = " << u;
  }
}

TEST(Abel, InverseUndoesIt) {
  for (double u = least_abel_argument; u < 1e300; u *= 1.9) {
    EXPECT_NEAR(inverse_abel(abel(u)) / u, 1.0, 2e-15) << "u = " << u;
  }
}

TEST(Leap, MatchesEveryReferenceStateUpTo1e300) {
  Network<double> initial{};
  for (const ReferenceState& row : reference_states(1e300)) {
    const Problem problem = make_problem(1.0, -1.0, row.step_size);
    if (row.t == 0.0) initial = network_from_weights(problem, row.theta);
    const auto first = leap(problem.rate_positive, PointState<double>{initial.z11, initial.z21}, row.t);
    const auto second = leap(problem.rate_negative, PointState<double>{initial.z22, initial.z12}, row.t);
    const auto expect = [&](double actual, long double expected) {
      const double tolerance = std::max(2e-12, 1e-13 * std::fabs(static_cast<double>(expected)));
      EXPECT_NEAR(actual, static_cast<double>(expected), tolerance) << "case " << row.network << " t " << row.t;
    };
    expect(first.correct, row.z11);
    expect(second.wrong, row.z12);
    expect(first.wrong, row.z21);
    expect(second.correct, row.z22);
  }
}

TEST(Leap, MatchesLockstepOnRandomPoints) {
  RandomSource random(20260302);
  for (int k = 0; k < 2000; ++k) {
    const double rate = std::pow(10.0, random.uniform(-3.0, 1.0));
    const PointState<double> start = {random.uniform(-3.0, 5.0), random.uniform(-3.0, 5.0)};
    PointState<double> stepped = start;
    double reached = 0.0;
    for (const double t : {1.0, 10.0, 100.0, 1000.0, 10000.0}) {
      for (; reached < t; ++reached) stepped = gradient_step(rate, stepped);
      const PointState<double> leapt = leap(rate, start, t);
      // Lockstep rounds each step, up to half a unit in the last place of the larger number.
      const double size = std::max({1.0, std::fabs(stepped.correct), std::fabs(stepped.wrong)});
      const double tolerance = 1e-13 + t * size * 0x1p-53;
      EXPECT_NEAR(leapt.correct, stepped.correct, tolerance) << "rate " << rate << " t " << t << " k " << k;
      EXPECT_NEAR(leapt.wrong, stepped.wrong, tolerance) << "rate " << rate << " t " << t << " k " << k;
      EXPECT_EQ(leapt.correct > 0.0, stepped.correct > 0.0);
      EXPECT_EQ(leapt.wrong > 0.0, stepped.wrong > 0.0);
    }
  }
}

}  // namespace
}  // namespace logmargin::testing::leap_test
