#include "logmargin/measure/limiting_margin.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <utility>

#include "logmargin/closed_form/free_motion.hpp"
#include "logmargin/model/line_through.hpp"

namespace logmargin::limiting_margin_test {
namespace {

Problem problem_in_plane(double a1, double a2, double b1, double b2) {
  const double first[] = {a1, a2};
  const double second[] = {b1, b2};
  double along[2];
  double across[2];
  return make_problem(line_through(first, second, 2, along, across), true, 0.1);
}

/// gamma/gamma_star of a specialised network at ln t, from its closed form, with orthogonal components of order one.
double ratio_at(const Problem& problem, double ln_t) {
  const Network<double> network = {8.0, -3.0, -2.0, 8.0};
  EXPECT_TRUE(settles(problem, network));
  const FreeMotion motion = settled_motion(problem, network, 0.0);
  const OrthogonalComponent<double> orthogonal = {problem.offset > 0.0 ? 0.5 : 0.0, problem.offset > 0.0 ? -0.25 : 0.0,
                                                  0.75, -0.5, 0.25};
  return observe(problem, network_at(motion, ln_t), orthogonal).margin / problem.optimal_margin;
}

TEST(LimitingMarginRatio, IsWhereALongRunGoes) {
  for (const Problem& problem :
       {make_problem(1.0, -1.0, 0.1), make_problem(2.0, -0.5, 0.1), make_problem(1.5, -1.5, 0.1),
        make_problem(1.0, -9.0, 0.1), make_problem(3.0, -0.5, 0.1), problem_in_plane(2.0, 0.5, -2.0, 0.5),
        problem_in_plane(2.0, 1.0, -1.0, 1.0), problem_in_plane(1.0, 1.0, -3.0, 0.5),
        problem_in_plane(0.5, 2.0, 0.25, -3.0)}) {
    const double limit = limiting_margin_ratio(problem);
    EXPECT_GT(limit, 0.0);
    EXPECT_LE(limit, 1.0);
    // What is left falls like 1/ln t: some parts in a hundred at ln t = 600, a million times less at a million times
    // that.
    EXPECT_NEAR(ratio_at(problem, 600.0), limit, 0.02) << problem.positive_position << ' ' << problem.offset;
    EXPECT_NEAR(ratio_at(problem, 6e8), limit, 2e-8) << problem.positive_position << ' ' << problem.offset;
  }
}

TEST(LimitingMarginRatio, IsOneWhereTheOptimalMarginIsReached) {
  EXPECT_EQ(limiting_margin_ratio(make_problem(1.0, -1.0, 0.1)), 1.0);
  EXPECT_NEAR(limiting_margin_ratio(make_problem(2.0, -0.5, 0.1)), 1.0, 0x1p-52);
  EXPECT_NEAR(limiting_margin_ratio(make_problem(2.0, -2.0, 0.1)), 1.0, 0x1p-52);
  EXPECT_NEAR(limiting_margin_ratio(problem_in_plane(1.0, 0.5, -1.0, -0.5)), 1.0, 0x1p-50);
}

TEST(LimitingMarginRatio, IsBelowOneForUnequalNorms) {
  // By hand: pre-activations (1, -4, -8/82, 1): the crossing lies 10 (1 + 8/82)/(1 + 4 + 1 + 8/82) from the first
  // point.
  const double lead = 1.0 + 8.0 / 82.0;
  EXPECT_NEAR(limiting_margin_ratio(make_problem(1.0, -9.0, 0.1)), 2.0 * lead / (5.0 + lead), 1e-15);
  // Decoupled, off the origin: w_1 ~ x_1/6, w_2 ~ x_2/3, leads 1, and the distance is 1/|x_1/6 - x_2/3|.
  const double slope = std::hypot(2.0 / 6.0 + 1.0 / 3.0, 1.0 / 6.0 - 1.0 / 3.0);
  EXPECT_NEAR(limiting_margin_ratio(problem_in_plane(2.0, 1.0, -1.0, 1.0)), 1.0 / slope / 1.5, 1e-15);
  EXPECT_LT(1.0 / slope / 1.5, 0.98);
}

TEST(LimitingMarginRatio, OfPointsThatLiftEachOtherIsOneOnTheLineThroughTheOrigin) {
  EXPECT_EQ(limiting_margin_ratio(make_problem(2.0, 1.0, 0.1)), 1.0);
  EXPECT_EQ(limiting_margin_ratio(make_problem(0.5, -0.5, 0.1)), 1.0);
  EXPECT_LT(limiting_margin_ratio(problem_in_plane(1.0, 0.5, -1.0, 2.0)), 1.0);
}

TEST(LimitingDirection, OfPointsThatLiftEachOtherIsWhereALongRunGoes) {
  // (2, 1): neuron 2 fires at both points for good, z_21 with a quarter of the margins; (1, 2) is its mirror image.
  for (const auto& [first, second] : {std::pair{2.0, 1.0}, {1.0, 2.0}, {1.0, -0.5}}) {
    const Problem problem = make_problem(first, second, 1.0);
    Network<double> network = {4.0, -0.1, 0.5, 4.0};
    if (first == 1.0 && second == 2.0) network = {4.0, 0.5, -0.1, 4.0};
    constexpr int half = 1'000'000;
    Network<double> early{};
    for (int t = 0; t < 2 * half; ++t) {
      if (t == half) early = network;
      network = gradient_step(problem, network);
    }
    const Network<double> direction = limiting_direction(problem);
    // The rise from one time to its double; what hovers at zero does so by a step, some parts in 1e4 here.
    const double doubled = std::log(2.0);
    EXPECT_NEAR((network.z11 - early.z11) / doubled, direction.z11, 1e-3) << first << ' ' << second;
    EXPECT_NEAR((network.z12 - early.z12) / doubled, direction.z12, 1e-3) << first << ' ' << second;
    EXPECT_NEAR((network.z21 - early.z21) / doubled, direction.z21, 1e-3) << first << ' ' << second;
    EXPECT_NEAR((network.z22 - early.z22) / doubled, direction.z22, 1e-3) << first << ' ' << second;
  }
}

}  // namespace
}  // namespace logmargin::limiting_margin_test
