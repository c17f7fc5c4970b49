#include "logmargin/outcome.hpp"

#include <gtest/gtest.h>

#include <array>
#include <iostream>

#include "logmargin/line_through.hpp"
#include "logmargin/observation.hpp"
#include "logmargin/settled.hpp"
#include "tests/support/random_source.hpp"

namespace logmargin {
namespace {

using testing::RandomSource;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

const Problem default_data = make_problem(1.0, -1.0, 0.1);

TEST(Outcome, ConvergingWhereBothPointsAreSpecialised) {
  EXPECT_EQ(classify(default_data, {2.0, -1.0, -0.5, 3.0}), Outcome::converging);
  EXPECT_EQ(classify(default_data, {2.0, 0.0, -0.0, 3.0}), Outcome::converging);
  EXPECT_EQ(classify(make_problem(2.0, -2.0, 0.1), {2.0, -1.0, -0.5, 3.0}), Outcome::converging);
}

TEST(Outcome, StuckWhereAPointIsDead) {
  EXPECT_EQ(classify(default_data, {-1.0, -1.0, -0.5, 3.0}), Outcome::stuck);
  EXPECT_EQ(classify(default_data, {2.0, -1.0, -0.5, 0.0}), Outcome::stuck);
  EXPECT_EQ(classify(default_data, {0.0, 0.0, 0.0, 0.0}), Outcome::stuck);
  EXPECT_EQ(dead_points({2.0, -1.0, -0.5, 3.0}), 0);
  EXPECT_EQ(dead_points({-1.0, -1.0, 0.5, 3.0}), 0);
  EXPECT_EQ(dead_points({-1.0, -1.0, -0.5, 3.0}), 1);
  EXPECT_EQ(dead_points({2.0, -1.0, -0.5, -3.0}), 1);
  EXPECT_EQ(dead_points({2.0, 1.0, -0.5, -3.0}), 0);
  EXPECT_EQ(dead_points({-2.0, -1.0, -0.5, -3.0}), 2);
}

TEST(Outcome, TransientWhileAPointIsSharedOrReversed) {
  EXPECT_EQ(classify(default_data, {2.0, -1.0, 0.5, 3.0}), Outcome::transient);
  EXPECT_EQ(classify(default_data, {2.0, 1.0, -0.5, 3.0}), Outcome::transient);
  EXPECT_EQ(classify(default_data, {-2.0, -1.0, 0.5, 3.0}), Outcome::transient);
}

TEST(Outcome, DivergedForAnyNumberThatIsNotFinite) {
  for (const double bad : {infinity, -infinity, not_a_number}) {
    EXPECT_EQ(classify(default_data, {bad, -1.0, -1.0, 2.0}), Outcome::diverged);
    EXPECT_EQ(classify(default_data, {2.0, bad, -1.0, 2.0}), Outcome::diverged);
    EXPECT_EQ(classify(default_data, {2.0, -1.0, bad, 2.0}), Outcome::diverged);
    EXPECT_EQ(classify(default_data, {2.0, -1.0, -1.0, bad}), Outcome::diverged);
    EXPECT_EQ(classify(default_data, {-2.0, -1.0, -1.0, bad}), Outcome::diverged);
  }
}

TEST(Outcome, FrozenWhereAnUpdateIsTooSmallToBeStored) {
  // 0.1 e^-60 is 9e-28, an ulp of 60 is 7e-15.
  EXPECT_EQ(classify(default_data, {60.0, -1.0, -1.0, 60.0}), Outcome::frozen);
  EXPECT_EQ(classify(default_data, {60.0, -1.0, -1.0, 2.0}), Outcome::frozen);
  EXPECT_EQ(classify(default_data, {2.0, -1.0, -1.0, 60.0}), Outcome::frozen);
  EXPECT_EQ(classify(default_data, {60.0, -1.0, 1.0, 2.0}), Outcome::frozen);
  // 0.1 e^-25 is 1.4e-12: still moving.
  EXPECT_EQ(classify(default_data, {25.0, -1.0, -1.0, 25.0}), Outcome::converging);
  // A dead point is stuck for ever, however the other one stands.
  EXPECT_EQ(classify(default_data, {60.0, -1.0, -1.0, -2.0}), Outcome::stuck);
}

/// C from the slope of 1/gap against ln t between two late times, where 1/gap is a line up to terms in (ln t)/t.
double constant_by_running(const Problem& problem, Network<double> network) {
  double gap_early = 0.0;
  constexpr int early = 20'000;
  constexpr int late = 1'000'000;
  for (int t = 1; t <= late; ++t) {
    network = gradient_step(problem, network);
    if (t == early) gap_early = observe(problem, network).gap;
  }
  const double gap_late = observe(problem, network).gap;
  return std::log(static_cast<double>(late) / early) / (1.0 / gap_late - 1.0 / gap_early);
}

TEST(LimitingConstant, IsWhatTheRunTendsTo) {
  RandomSource random(20260340);
  for (const auto& [x1, x2] : {std::pair{1.0, -1.0}, {2.0, -0.5}, {0.25, -4.0}, {2.0, -2.0}, {1.25, -1.25}}) {
    const Problem problem = make_problem(x1, x2, 0.5);
    double worst = 0.0;
    for (int trial = 0; trial < 4; ++trial) {
      const Network<double> network = {random.uniform(0.5, 2.0), -random.uniform(1.5, 4.0), -random.uniform(0.1, 0.8),
                                       random.uniform(0.5, 2.0)};
      ASSERT_TRUE(specialised(network));
      const double expected = limiting_constant(problem, network);
      const double measured = constant_by_running(problem, network);
      worst = std::max(worst, std::fabs(measured / expected - 1.0));
      // Terms of (ln t)/(kappa t) at t = 20000.
      EXPECT_NEAR(measured / expected, 1.0, 2e-3) << "x = (" << x1 << ", " << x2 << "), trial " << trial;
    }
    std::cout << "C_infinity for x = (" << x1 << ", " << x2 << "): worst relative difference " << worst << '\n';
  }
}

TEST(LimitingConstant, HoldsInSpaceWhereTheGapVanishes) {
  const auto problem_of = [](std::array<double, 2> first, std::array<double, 2> second) {
    std::array<double, 2> along{};
    std::array<double, 2> across{};
    return make_problem(line_through(first.data(), second.data(), 2, along.data(), across.data()), true, 0.5);
  };
  const Network<double> network = {8.0, -3.0, -2.0, 8.0};
  const FrozenPart<double> frozen = {0.5, -0.25, 0.75, -0.5, 0.25};
  for (const Problem& problem :
       {problem_of({2.0, 0.5}, {-2.0, 0.5}), problem_of({0.5, 2.0}, {-2.0, -0.5}),
        make_problem(pair_on_line(1.0, -1.0), true, 0.5), make_problem(pair_on_line(2.0, -0.5), true, 0.5)}) {
    ASSERT_TRUE(settles(problem, network));
    const Settled settled = make_settled(problem, network, 0.0);
    const FrozenPart<double> of_problem =
        problem.offset > 0.0 ? frozen : FrozenPart<double>{0.0, 0.0, 0.75, -0.5, 0.25};
    constexpr double ln_t = 1e8;
    const double gap = observe(problem, late_state(settled, ln_t).network, of_problem).gap;
    // The frozen parts and the constants beside ln t are parts in ln t.
    EXPECT_NEAR(gap * ln_t / limiting_constant(problem, network), 1.0, 1e-6) << problem.offset;
  }
  // Decoupled, but off the origin with unequal norms: the boundary leans for ever.
  const Problem leaning = problem_of({2.0, 1.0}, {-1.0, 1.0});
  ASSERT_TRUE(leaning.decoupled());
  EXPECT_TRUE(std::isnan(limiting_constant(leaning, network)));
}

TEST(LimitingConstant, IsHalfTheFrozenDifferenceForDefaultData) {
  RandomSource random(20260341);
  for (int trial = 0; trial < 1000; ++trial) {
    const double z12 = -random.log_uniform(-20.0, 3.0);
    const double z21 = -random.log_uniform(-20.0, 3.0);
    const Network<double> network = {random.uniform(0.1, 9.0), z12, z21, random.uniform(0.1, 9.0)};
    ASSERT_EQ(limiting_constant(default_data, network), std::fabs(z21 - z12) / 2.0);
  }
}

TEST(LimitingConstant, DoesNotChangeAlongASpecialisedRun) {
  const Problem problem = make_problem(2.0, -2.0, 0.1);
  Network<double> network = {1.0, -1.5, -0.25, 2.0};
  const double start = limiting_constant(problem, network);
  for (int t = 0; t < 10'000; ++t) network = gradient_step(problem, network);
  // Ten thousand steps of half an ulp each, of numbers below 16.
  EXPECT_NEAR(limiting_constant(problem, network), start, 1e-11);
}

TEST(LimitingConstant, IsNaNWhereThereIsNoneOrItIsNotKnown) {
  EXPECT_TRUE(std::isnan(limiting_constant(default_data, {2.0, -1.0, 0.5, 3.0})));
  EXPECT_TRUE(std::isnan(limiting_constant(default_data, {-2.0, -1.0, -0.5, 3.0})));
  const Network<double> network = {2.0, -1.0, -0.5, 3.0};
  EXPECT_TRUE(std::isnan(limiting_constant(make_problem(2.0, -1.0, 0.1), network)));
  EXPECT_TRUE(std::isnan(limiting_constant(make_problem(0.5, -0.5, 0.1), network)));
  EXPECT_FALSE(std::isnan(limiting_constant(make_problem(2.0, -2.0, 0.1), network)));
}

}  // namespace
}  // namespace logmargin
