#include "logmargin/measure/limiting_constant.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <iostream>
#include <utility>

#include "logmargin/closed_form/free_motion.hpp"
#include "logmargin/model/line_through.hpp"
#include "tests/support/random_source.hpp"

namespace logmargin::limiting_constant_test {
namespace {

using testing::RandomSource;

const Problem default_data = make_problem(1.0, -1.0, 0.1);

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
  const OrthogonalComponent<double> orthogonal = {0.5, -0.25, 0.75, -0.5, 0.25};
  for (const Problem& problem :
       {problem_of({2.0, 0.5}, {-2.0, 0.5}), problem_of({0.5, 2.0}, {-2.0, -0.5}),
        make_problem(pair_on_line(1.0, -1.0), true, 0.5), make_problem(pair_on_line(2.0, -0.5), true, 0.5)}) {
    ASSERT_TRUE(settles(problem, network));
    const FreeMotion motion = settled_motion(problem, network, 0.0);
    const OrthogonalComponent<double> of_problem =
        problem.offset > 0.0 ? orthogonal : OrthogonalComponent<double>{0.0, 0.0, 0.75, -0.5, 0.25};
    constexpr double ln_t = 1e8;
    const double gap = observe(problem, network_at(motion, ln_t), of_problem).gap;
    // The orthogonal components and the constants beside ln t are parts in ln t.
    EXPECT_NEAR(gap * ln_t / limiting_constant(problem, network), 1.0, 1e-6) << problem.offset;
  }
  // Decoupled, but off the origin with unequal norms: the boundary leans for ever.
  const Problem leaning = problem_of({2.0, 1.0}, {-1.0, 1.0});
  ASSERT_TRUE(leaning.has_orthogonal_points());
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
  // Equal norms, and points that lift each other: the gap falls faster than 1/ln t.
  EXPECT_TRUE(std::isnan(limiting_constant(make_problem(0.5, -0.5, 0.1), network)));
  EXPECT_FALSE(std::isnan(limiting_constant(make_problem(2.0, -2.0, 0.1), network)));
}

TEST(LimitingConstant, OfUnequalNormsIsThatOfTheRestOfTheGap) {
  const Network<double> network = {8.0, -3.0, -2.0, 8.0};
  for (const auto& [x1, x2] : {std::pair{1.1, -1.0}, {2.0, -1.0}, {1.0, -3.0}, {3.0, -1.0}, {1.0, -9.0}}) {
    const Problem problem = make_problem(x1, x2, 0.1);
    const FreeMotion motion = settled_motion(problem, network, 0.0);
    const double limit = limiting_gap(problem);
    ASSERT_GT(limit, 0.0);
    constexpr double ln_t = 1e6;
    const double rest = std::abs(observe(problem, network_at(motion, ln_t)).gap - limit);
    // The next term is smaller by some tens over ln t; the rest itself keeps ten digits.
    EXPECT_NEAR(rest * ln_t / limiting_constant(problem, network), 1.0, 1e-4) << x1 << ' ' << x2;
  }
}

TEST(LimitingConstant, OfPointsThatLiftEachOtherIsThatOfTheirMargins) {
  // By hand: exp(-m_i) t goes to 1/kappa_ii, up to a common factor, for (1, -0.5), and to c_1 : c_2 = 5/2 : 17/4 for
  // (2, 1), whose second neuron fires at both points for good.
  const Network<double> network = {4.0, -0.1, -0.1, 4.0};
  EXPECT_NEAR(limiting_constant(make_problem(1.0, -0.5, 0.1), network), 0.75 * std::log(2.0 / 1.25) / 2.0, 1e-15);
  EXPECT_NEAR(limiting_constant(make_problem(2.0, 1.0, 0.1), network), 0.5 * std::log(1.7) / 2.0, 1e-15);
  EXPECT_NEAR(limiting_constant(make_problem(1.0, 2.0, 0.1), network), 0.5 * std::log(1.7) / 2.0, 1e-15);
  // 1/gap rises by 1/C each time ln t rises by one, once both are held at zero: within a part in 100 from t = 20000.
  for (const auto& [x1, x2] : {std::pair{1.0, -0.5}, {2.0, 1.0}}) {
    const Problem problem = make_problem(x1, x2, 1.0);
    EXPECT_NEAR(constant_by_running(problem, network) / limiting_constant(problem, network), 1.0, 0.02) << x1;
  }
}

}  // namespace
}  // namespace logmargin::limiting_constant_test
