#include "logmargin/model/gradient_step.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "logmargin/model/observation.hpp"
#include "tests/support/random_source.hpp"
#include "tests/support/reference_table.hpp"
#include "tests/support/space/weight_space_descent.hpp"

namespace logmargin::gradient_step_test {
namespace {

using testing::RandomSource;
using testing::WeightSpaceDescent;

/// How far rounding can take each pre-activation from its exact value: the step's Jacobian carries the bounds on, and
/// each step adds its own rounding.
class RoundingBound {
 public:
  RoundingBound(const WeightSpaceDescent& start, const Problem& problem)
      : kappa_{{{problem.rate_positive, problem.rate_coupling}, {problem.rate_coupling, problem.rate_negative}}} {
    for (std::size_t j = 0; j < 2; ++j) {
      for (std::size_t i = 0; i < 2; ++i) bound_[j][i] = half_ulp * std::fabs(start.pre_activation(j, start.x[i]));
    }
  }

  long double at(std::size_t neuron, std::size_t point) const { return bound_[neuron][point]; }

  /// Precondition: exact has not yet taken the step.
  void step(const WeightSpaceDescent& exact) {
    const auto fires = [&](std::size_t j, std::size_t i) { return exact.pre_activation(j, exact.x[i]) > 0.0L; };
    std::array<std::array<long double, 2>, 2> next{};
    for (std::size_t j = 0; j < 2; ++j) {
      for (std::size_t k = 0; k < 2; ++k) {
        long double own = 1.0L;
        for (std::size_t i = 0; i < 2; ++i) {
          if (!fires(j, i)) continue;
          const long double margin = exact.label[i] * exact.output(exact.x[i]);
          const long double push = std::fabs(kappa_[i][k]) * std::exp(-margin);
          // The neuron's own pre-activation acts on its force with the sign that damps; the other's the other way.
          if (i == k) {
            own -= push;
          } else {
            next[j][k] += push * bound_[j][i];
          }
          if (fires(1 - j, i)) next[j][k] += push * bound_[1 - j][i];
          // The coefficient, three half ulps; the exponential, three; its argument, one of the margin.
          next[j][k] += push * half_ulp * (6.0L + std::fabs(margin));
          // Up to two fused multiply-adds, and the long double reference's own rounding.
          next[j][k] += 1.1L * half_ulp * (std::fabs(exact.pre_activation(j, exact.x[k])) + 2.0L * push);
        }
        next[j][k] += std::fabs(own) * bound_[j][k];
        const long double intermediate = std::fabs(exact.w[j] * exact.x[k]) + std::fabs(exact.b[j]);
        next[j][k] += 0x1p-62L * intermediate;
      }
    }
    bound_ = next;
  }

 private:
  static constexpr long double half_ulp = 0x1p-53L;
  std::array<std::array<long double, 2>, 2> kappa_;
  std::array<std::array<long double, 2>, 2> bound_{};
};

class GradientStepData : public ::testing::TestWithParam<std::pair<double, double>> {};

TEST_P(GradientStepData, AgreesWithDescentInWeightSpace) {
  const auto [x1, x2] = GetParam();
  RandomSource random(20260312);
  constexpr int networks = 1000;
  constexpr int steps = 300;
  long double worst = 0.0L;
  long double worst_share = 0.0L;
  for (int trial = 0; trial < networks; ++trial) {
    const double step_size = random.log_uniform(-7.0, 0.0);
    const Problem problem = make_problem(x1, x2, step_size);
    const Weights theta = {random.normal(), random.normal(), random.normal(), random.normal()};
    Network<double> network = network_from_weights(problem, theta);
    WeightSpaceDescent exact = {{x1, x2}, step_size, {theta.w1, theta.w2}, {theta.b1, theta.b2}};
    RoundingBound bound(exact, problem);
    for (int t = 1; t <= steps; ++t) {
      bound.step(exact);
      exact.step();
      network = gradient_step(problem, network);
      const double computed[2][2] = {{network.z11, network.z12}, {network.z21, network.z22}};
      for (std::size_t j = 0; j < 2; ++j) {
        for (std::size_t i = 0; i < 2; ++i) {
          const long double error = std::fabs(computed[j][i] - exact.pre_activation(j, exact.x[i]));
          worst = std::max(worst, error);
          worst_share = std::max(worst_share, error / bound.at(j, i));
          ASSERT_LE(error, bound.at(j, i)) << "network " << trial << " at t = " << t;
        }
      }
    }
  }
  std::cout << "x = (" << x1 << ", " << x2 << "): worst error " << worst << ", worst share of its bound " << worst_share
            << '\n';
}

INSTANTIATE_TEST_SUITE_P(Positions, GradientStepData,
                         ::testing::Values(std::pair{1.0, -1.0}, std::pair{2.0, -0.5}, std::pair{2.0, -2.0},
                                           std::pair{-1.0, 3.0}, std::pair{1.5, 0.5}, std::pair{-0.25, -1.25},
                                           std::pair{0.3, -0.7}));

TEST(GradientStep, CoupledCodeGivesTheSameBitsWhereNothingCouples) {
  RandomSource random(20260313);
  for (const auto& [x1, x2] : {std::pair{1.0, -1.0}, {2.0, -0.5}}) {
    for (int trial = 0; trial < 2000; ++trial) {
      const Problem problem = make_problem(x1, x2, random.log_uniform(-10.0, 1.0));
      ASSERT_TRUE(problem.has_orthogonal_points());
      const Rates<double> rates(problem);
      Network<double> alone = {3 * random.normal(), 3 * random.normal(), 3 * random.normal(), 3 * random.normal()};
      Network<double> coupled = alone;
      for (int t = 0; t < 50; ++t) {
        alone = gradient_step<false>(rates, alone);
        coupled = gradient_step<true>(rates, coupled);
        ASSERT_TRUE(testing::same_bits(alone.z11, coupled.z11)) << trial;
        ASSERT_TRUE(testing::same_bits(alone.z12, coupled.z12)) << trial;
        ASSERT_TRUE(testing::same_bits(alone.z21, coupled.z21)) << trial;
        ASSERT_TRUE(testing::same_bits(alone.z22, coupled.z22)) << trial;
      }
    }
  }
}

TEST(GradientStep, SharedPointConservesTheSum) {
  RandomSource random(20260314);
  for (int trial = 0; trial < 1000; ++trial) {
    const double rate = random.log_uniform(-12.0, -3.0);
    PointState<double> point = {random.uniform(0.0, 4.0), random.uniform(0.0, 4.0)};
    const long double start = static_cast<long double>(point.correct) + point.wrong;
    long double allowed = 0.0L;
    int shared_steps = 0;
    for (int t = 0; t < 2000; ++t) {
      const PointState<double> next = gradient_step(rate, point);
      // Each of the two results is rounded once, to half an ulp.
      allowed += 0.5L * 0x1p-52L * (std::fabs(next.correct) + std::fabs(next.wrong));
      ASSERT_LE(std::fabs(static_cast<long double>(next.correct) + next.wrong - start), allowed) << trial;
      point = next;
      ++shared_steps;
      if (point.correct <= 0.0 || point.wrong <= 0.0) break;
    }
    ASSERT_GT(shared_steps, 0);
  }
}

TEST(GradientStep, FrozenPreActivationsKeepTheirBitsAndDeadPointsNeverMove) {
  RandomSource random(20260315);
  for (int trial = 0; trial < 1000; ++trial) {
    const double rate = random.log_uniform(-8.0, 0.0);
    const double orthogonal = random.below(4) == 0 ? 0.0 : -random.log_uniform(-60.0, 4.0);
    PointState<double> specialised = {random.log_uniform(-10.0, 2.0), orthogonal};
    PointState<double> reversed = {orthogonal, random.log_uniform(-10.0, 2.0)};
    PointState<double> dead = {orthogonal, -random.log_uniform(-60.0, 4.0)};
    const PointState<double> dead_before = dead;
    for (int t = 0; t < 100; ++t) {
      const double rising = specialised.correct;
      specialised = gradient_step(rate, specialised);
      reversed = gradient_step(rate, reversed);
      dead = gradient_step(rate, dead);
      ASSERT_GT(specialised.correct, rising);
      ASSERT_TRUE(testing::same_bits(specialised.wrong, orthogonal));
      ASSERT_TRUE(testing::same_bits(reversed.correct, orthogonal));
      ASSERT_TRUE(testing::same_bits(dead.correct, dead_before.correct));
      ASSERT_TRUE(testing::same_bits(dead.wrong, dead_before.wrong));
    }
  }
}

TEST(GradientStep, DerivativeOfReluAtZeroIsZero) {
  const PointState<double> next = gradient_step(0.5, PointState<double>{0.0, 0.0});
  EXPECT_EQ(next.correct, 0.0);
  EXPECT_EQ(next.wrong, 0.0);
}

TEST(GradientStep, ReproducesTheReferenceTable) {
  std::map<int, std::pair<double, Network<double>>> reached;
  double worst = 0.0;
  int rows = 0;
  for (const testing::ReferenceState& row : testing::reference_states(1e5)) {
    const Problem problem = make_problem(1.0, -1.0, row.step_size);
    const auto start = std::pair{0.0, network_from_weights(problem, row.theta)};
    auto& [t, network] = reached.try_emplace(row.network, start).first->second;
    for (; t < row.t; ++t) network = gradient_step(problem, network);
    ASSERT_EQ(t, row.t);
    const Observation<double> seen = observe(problem, network);
    const std::array<std::pair<double, long double>, 6> pairs = {{{network.z11, row.z11},
                                                                  {network.z12, row.z12},
                                                                  {network.z21, row.z21},
                                                                  {network.z22, row.z22},
                                                                  {seen.margin, row.margin},
                                                                  {crossing(problem, network), row.crossing}}};
    for (const auto& [computed, expected] : pairs) {
      const auto error = static_cast<double>(std::fabs(computed - expected));
      worst = std::max(worst, error);
      EXPECT_LE(error, testing::reference_tolerance) << "network " << row.network << " at t = " << t;
    }
    ++rows;
  }
  std::cout << rows << " rows of the table: worst error " << worst << '\n';
  EXPECT_EQ(reached.size(), 24U);
}

}  // namespace
}  // namespace logmargin::gradient_step_test
