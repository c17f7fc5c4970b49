#include "logmargin/model/observation.hpp"

#include <gtest/gtest.h>

#include "tests/support/mpfr_number.hpp"
#include "tests/support/random_source.hpp"
#include "tests/support/space/weight_space_descent.hpp"

namespace logmargin::observation_test {
namespace {

using testing::MpfrNumber;
using testing::RandomSource;
using testing::WeightSpaceDescent;

constexpr double epsilon = 0x1p-52;

/// The network through the given pre-activations, solved for in long double.
WeightSpaceDescent network_through(const Problem& problem, const Network<double>& z) {
  const long double x1 = problem.positive_position;
  const long double x2 = problem.negative_position;
  const long double w1 = (static_cast<long double>(z.z11) - z.z12) / (x1 - x2);
  const long double w2 = (static_cast<long double>(z.z21) - z.z22) / (x1 - x2);
  return {{x1, x2}, problem.step_size, {w1, w2}, {z.z11 - w1 * x1, z.z21 - w2 * x1}};
}

class ObservationData : public ::testing::TestWithParam<std::pair<double, double>> {};

TEST_P(ObservationData, MarginIsTheDistanceToTheNearestMisclassifiedPlace) {
  const auto [x1, x2] = GetParam();
  const Problem problem = make_problem(x1, x2, 0.1);
  RandomSource random(20260320);
  double worst_margin = 0.0;
  double worst_gap = 0.0;
  int classified = 0;
  int own_boundary_rules = 0;
  for (int trial = 0; trial < 4000; ++trial) {
    Network<double> z = {random.normal(), 2 * random.normal(), 2 * random.normal(), random.normal()};
    if (trial % 2 == 0) z = {std::fabs(z.z11), z.z12 - 1.0, z.z21 - 1.0, std::fabs(z.z22)};
    const WeightSpaceDescent network = network_through(problem, z);
    const Observation<double> seen = observe(problem, z);
    const long double farthest = 2.0L * problem.optimal_margin;
    const long double expected =
        std::fmin(network.distance_to_misclassified(0, farthest), network.distance_to_misclassified(1, farthest));
    ASSERT_EQ(seen.classified, expected > 0.0L ? 1.0 : 0.0) << trial;
    if (expected == 0.0L) {
      EXPECT_EQ(seen.margin, 0.0);
      EXPECT_EQ(seen.gap, problem.optimal_margin);
      continue;
    }
    ++classified;
    if (z.z11 / std::fabs(z.z11 - z.z12) * static_cast<double>(farthest) < seen.margin * 1.000001) ++own_boundary_rules;
    const auto margin_error = static_cast<double>(std::fabs(seen.margin - expected) / expected);
    const auto gap_error = static_cast<double>(std::fabs(seen.gap - (problem.optimal_margin - expected)));
    worst_margin = std::max(worst_margin, margin_error / epsilon);
    worst_gap = std::max(worst_gap, gap_error / (epsilon * problem.optimal_margin));
    // Two differences, a sum, a product and a quotient, half an ulp each; and where the search, in long double
    // coordinates below 4, can end.
    ASSERT_LE(margin_error, 3.0 * epsilon + 0x1p-62 / static_cast<double>(expected)) << trial;
    // The same, in ulps of the subtraction's operands.
    ASSERT_LE(gap_error, 3.0 * epsilon * problem.optimal_margin) << trial;
  }
  std::cout << "margin: worst relative error " << worst_margin << " epsilon, gap: " << worst_gap
            << " epsilon of gamma_star; " << classified << " classified, own boundary rules in " << own_boundary_rules
            << '\n';
  EXPECT_GT(classified, 1000);
  EXPECT_GT(own_boundary_rules, 20);
}

TEST_P(ObservationData, CrossingIsWhereTheNeuronsAgree) {
  const auto [x1, x2] = GetParam();
  const Problem problem = make_problem(x1, x2, 0.1);
  RandomSource random(20260321);
  for (int trial = 0; trial < 10'000; ++trial) {
    const Network<double> z = {random.normal(), random.normal(), random.normal(), random.normal()};
    const WeightSpaceDescent network = network_through(problem, z);
    const long double slope = network.w[0] - network.w[1];
    const long double expected = (network.b[1] - network.b[0]) / slope;
    // The leads' rounding, as the slope they are divided by and the place they are added to let it through.
    const long double leads = std::fabs(z.z11) + std::fabs(z.z12) + std::fabs(z.z21) + std::fabs(z.z22);
    const long double tolerance =
        2.0L * epsilon * (std::fabs(x1) + std::fabs(x2) + std::fabs(expected) * (1.0L + leads / std::fabs(slope)));
    ASSERT_NEAR(static_cast<double>(crossing(problem, z) - expected), 0.0, static_cast<double>(tolerance)) << trial;
  }
}

INSTANTIATE_TEST_SUITE_P(Positions, ObservationData,
                         ::testing::Values(std::pair{1.0, -1.0}, std::pair{2.0, -0.5}, std::pair{2.0, -2.0},
                                           std::pair{-1.0, 3.0}, std::pair{1.5, 0.5}));

TEST(Observation, LateGapKeepsItsRelativeAccuracy) {
  const Problem problem = make_problem(1.0, -1.0, 0.1);
  RandomSource random(20260322);
  for (int trial = 0; trial < 10'000; ++trial) {
    const double early = random.uniform(5.0, 700.0);
    const double apart = random.log_uniform(-40.0, 0.0);
    const Network<double> z = {early, -1.0, -1.0, early + apart};
    const long double first = static_cast<long double>(z.z11) - z.z21;
    const long double second = static_cast<long double>(z.z22) - z.z12;
    const auto expected = static_cast<double>(std::fabs(first - second) / (first + second));
    // Each lead is rounded to half an ulp, at most 2^-44 below 1024; relative to a sum of twice its size.
    ASSERT_NEAR(observe(problem, z).gap, expected, 0x1p-53 + 4 * epsilon * expected);
  }
}

TEST(Observation, MarginAndGapDoNotDependOnTheSizeOfTheNetwork) {
  const Problem problem = make_problem(2.0, -0.5, 0.1);
  RandomSource random(20261125);
  int own_boundary_rules = 0;
  for (int trial = 0; trial < 20'000; ++trial) {
    const Network<double> z = {std::fabs(random.normal()), random.normal(), random.normal() - 1.0,
                               std::fabs(random.normal())};
    const Observation<double> seen = observe(problem, z);
    if (neuron_reach(problem, z) == seen.margin) ++own_boundary_rules;
    for (const double scale : {0x1p-900, 0x1p-600, 0x1p600, 0x1p1000}) {
      const Network<double> scaled = {scale * z.z11, scale * z.z12, scale * z.z21, scale * z.z22};
      ASSERT_EQ(observe(problem, scaled).margin, seen.margin) << trial << ' ' << scale;
      ASSERT_EQ(observe(problem, scaled).gap, seen.gap) << trial << ' ' << scale;
      ASSERT_EQ(neuron_reach(problem, scaled), neuron_reach(problem, z)) << trial << ' ' << scale;
    }
  }
  EXPECT_GT(own_boundary_rules, 1000);
}

TEST(Observation, AnInfiniteOutputKeepsTheOtherPointsLoss) {
  // Where both neurons are infinite their difference is NaN, whose bits are not the same on every machine.
  EXPECT_EQ(log10_mean_exponential_loss(3.0, std::nan("")), log10_mean_exponential_loss(3.0, 1e6));
  EXPECT_EQ(log10_mean_exponential_loss(3.0, -std::nan("")), log10_mean_exponential_loss(3.0, 1e6));
  EXPECT_TRUE(std::isnan(log10_mean_exponential_loss(std::nan(""), 3.0)));
  EXPECT_EQ(log10_mean_exponential_loss(3.0, HUGE_VAL), log10_mean_exponential_loss(3.0, 1e6));
}

TEST(Observation, OptimalNetworkHasMarginGammaStarAndGapZero) {
  const Observation<double> seen = observe(make_problem(1.0, -1.0, 0.1), Network<double>{2.0, -2.0, -3.0, 3.0});
  EXPECT_EQ(seen.margin, 1.0);
  EXPECT_EQ(seen.gap, 0.0);
  EXPECT_EQ(seen.classified, 1.0);
  EXPECT_EQ(crossing(make_problem(1.0, -1.0, 0.1), {2.0, -2.0, -3.0, 3.0}), 0.0);
  EXPECT_FALSE(std::signbit(crossing(make_problem(1.0, -1.0, 0.1), {2.0, -2.0, -3.0, 3.0})));
}

TEST(Observation, NeuronsThatAreTheSameEverywhereHaveNoBoundary) {
  // Neuron 1 is 2 everywhere, neuron 2 is negative at +1: only the crossing bounds the margin.
  const Observation<double> seen = observe(make_problem(1.0, -1.0, 0.1), Network<double>{2.0, 2.0, -3.0, 3.0});
  EXPECT_EQ(seen.classified, 1.0);
  EXPECT_DOUBLE_EQ(seen.margin, 2.0 * 1.0 / 6.0);
}

TEST(Observation, APointOnTheBoundaryIsNotClassified) {
  const Problem problem = make_problem(1.0, -1.0, 0.1);
  for (const Network<double>& z : {Network<double>{0.0, -1.0, -1.0, 1.0}, Network<double>{1.0, -1.0, 1.0, 1.0},
                                   Network<double>{1.0, 1.0, -1.0, 1.0}, Network<double>{1.0, -1.0, -1.0, 0.0}}) {
    const Observation<double> seen = observe(problem, z);
    EXPECT_EQ(seen.classified, 0.0);
    EXPECT_EQ(seen.margin, 0.0);
    EXPECT_EQ(seen.gap, 1.0);
  }
}

TEST(Observation, PatternIsThatOfTheNetwork) {
  const Problem problem = make_problem(1.0, -1.0, 0.1);
  for (int pattern = 0; pattern < 16; ++pattern) {
    const auto value = [&](int bit) { return (pattern >> bit & 1) != 0 ? 0.5 + bit : -0.5 - bit; };
    EXPECT_EQ(observe(problem, Network<double>{value(0), value(1), value(2), value(3)}).pattern, pattern);
  }
}

TEST(Observation, Log10LossDoesNotUnderflow) {
  RandomSource random(20260323);
  double worst = 0.0;
  const auto check = [&](double first, double second) {
    MpfrNumber sum, term;
    mpfr_set_d(term.get(), -second, MPFR_RNDN);
    mpfr_exp(term.get(), term.get(), MPFR_RNDN);
    mpfr_set_d(sum.get(), -first, MPFR_RNDN);
    mpfr_exp(sum.get(), sum.get(), MPFR_RNDN);
    mpfr_add(sum.get(), sum.get(), term.get(), MPFR_RNDN);
    mpfr_div_ui(sum.get(), sum.get(), 2, MPFR_RNDN);
    mpfr_log10(sum.get(), sum.get(), MPFR_RNDN);
    mpfr_d_sub(sum.get(), log10_mean_exponential_loss(first, second), sum.get(), MPFR_RNDN);
    const double error = std::fabs(mpfr_get_d(sum.get(), MPFR_RNDN));
    const double scale = epsilon * std::max(1.0, std::fabs(std::min(first, second)));
    worst = std::max(worst, error / scale);
    // Exponential and logarithm to an ulp each of numbers below 1, a sum and a product to half an ulp of the least
    // margin; then times 0.43.
    ASSERT_LE(error, 1.5 * scale) << first << ' ' << second;
  };
  for (int i = 0; i < 20'000; ++i) check(random.uniform(-30.0, 60.0), random.uniform(-30.0, 60.0));
  for (int i = 0; i < 2'000; ++i) check(random.uniform(0.0, 1e5), random.uniform(0.0, 1e5));
  for (const double margin : {0.0, 1.0, 745.0, 800.0, 1e5, -1e5}) {
    check(margin, margin);
    check(margin, 1e5);
    check(-1e5, margin);
  }
  std::cout << "log10 loss: worst error " << worst << " epsilon of the least margin\n";
  EXPECT_EQ(log10_mean_exponential_loss(0.0, 0.0), 0.0);
}

TEST(Observation, LossIsOfTheOutputsAtBothPoints) {
  // N(x_1) = 2 - 0.5, N(x_2) = -1: a neuron that does not fire takes no part.
  const Observation<double> seen = observe(make_problem(1.0, -1.0, 0.1), Network<double>{2.0, -4.0, 0.5, 1.0});
  EXPECT_NEAR(seen.log10_loss, std::log10((std::exp(-1.5) + std::exp(-1.0)) / 2.0), 4 * epsilon);
}

}  // namespace
}  // namespace logmargin::observation_test
