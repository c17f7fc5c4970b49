#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

#include "logmargin/measure/outcome.hpp"
#include "tests/support/random_source.hpp"

namespace logmargin::mixed_step_test {
namespace {

using testing::RandomSource;
using Mixed = Network<Pair<float>>;

bool same_bits(const Mixed& a, const Mixed& b) { return std::memcmp(&a, &b, sizeof a) == 0; }

Mixed random_network(RandomSource& random) {
  return narrow<Pair<float>>(
      {3.0 * random.normal(), 3.0 * random.normal(), 3.0 * random.normal(), 3.0 * random.normal()});
}

/// Pre-activation of a point that has been specialised for t steps: a ~ ln(kappa t).
double activation_after(double kappa, double t) { return std::log(kappa * t); }

TEST(MixedStep, UpdatesAreThoseOfDoubleToAFewRoundingsOfAFloat) {
  RandomSource random(20260911);
  for (const auto& [x1, x2] : {std::pair{1.0, -1.0}, std::pair{1.5, -0.4}, std::pair{0.8, 0.1}}) {
    for (int i = 0; i < 100'000; ++i) {
      const Problem problem = make_problem(x1, x2, random.log_uniform(-8.0, 3.0));
      const Mixed before = random_network(random);
      const Network<double> exact = gradient_step(problem, widen(before));
      const Mixed after = gradient_step(problem, before);
      const Network<double> seen = widen(after);
      const Network<double> old = widen(before);
      // Each weight errs by an ulp of the exponential, each product by 1.5 roundings; two sums into the low part.
      const double weight =
          std::fmax(point_loss_gradient(old.z11, old.z21).correct + point_loss_gradient(old.z11, old.z21).wrong,
                    point_loss_gradient(old.z22, old.z12).correct + point_loss_gradient(old.z22, old.z12).wrong);
      const double rate = problem.rate_positive + problem.rate_negative + std::fabs(problem.rate_coupling);
      const double allowed = 0x1p-22 * rate * weight + 0x1p-43;
      for (const auto& [got, expected] : {std::pair{seen.z11, exact.z11}, std::pair{seen.z12, exact.z12},
                                          std::pair{seen.z21, exact.z21}, std::pair{seen.z22, exact.z22}}) {
        ASSERT_NEAR(got, expected, allowed) << "network " << i << " at " << x1 << ", " << x2;
      }
    }
  }
}

TEST(MixedStep, GradientsDoNotLosePrecisionAtLargeMargins) {
  // Without the low part the exponent of e^-80 alone would err by 2^-18.
  RandomSource random(20260912);
  for (int i = 0; i < 100'000; ++i) {
    const Pair<float> correct(random.uniform(0.5, 85.0));
    const Pair<float> wrong(random.uniform(0.5, 85.0));
    const double exact = exponential(widen(wrong) - widen(correct));
    if (exact > 1e38 || exact < 1e-37) continue;
    // One ulp of the exponential is at most 2^-23 of it; the argument's own error, 2^-46 of 85, is 2^-39.
    ASSERT_NEAR(static_cast<double>(point_loss_gradient(correct, wrong).correct), exact, (0x1p-23 + 0x1p-38) * exact);
  }
}

TEST(MixedStep, WhatDoesNotFireKeepsEveryBit) {
  RandomSource random(20260913);
  for (int i = 0; i < 20'000; ++i) {
    const Problem problem = make_problem(1.0, -1.0, random.log_uniform(-6.0, 2.0));
    const Mixed start = random_network(random);
    Mixed now = start;
    for (int step = 0; step < 50; ++step) now = gradient_step(problem, now);
    const auto kept = [](const Pair<float>& before, const Pair<float>& after) {
      return positive(before) || std::memcmp(&before, &after, sizeof before) == 0;
    };
    ASSERT_TRUE(kept(start.z11, now.z11) && kept(start.z12, now.z12)) << i;
    ASSERT_TRUE(kept(start.z21, now.z21) && kept(start.z22, now.z22)) << i;
  }
}

TEST(MixedStep, CoupledStepOfUncoupledDataHasTheSameBits) {
  RandomSource random(20260914);
  for (int i = 0; i < 100'000; ++i) {
    const Problem problem = make_problem(1.0, -1.0, random.log_uniform(-6.0, 4.0));
    const Rates<Pair<float>> rates(problem);
    const Mixed network = random_network(random);
    ASSERT_TRUE(same_bits(gradient_step<false>(rates, network), gradient_step<true>(rates, network))) << i;
  }
}

TEST(MixedStep, PlainFloatStopsMovingNearAMillionWhereThePairGoesOn) {
  constexpr double kappa = 0.1;
  constexpr int steps = 4'000'000;
  float plain = 0.5F;
  PointState<Pair<float>> mixed = {Pair<float>(0.5), Pair<float>(-1.0)};
  PointState<double> exact = {0.5, -1.0};
  int last_move = 0;
  for (int step = 1; step <= steps; ++step) {
    const float moved = plain + static_cast<float>(kappa) * exponential(Pair<float>(-plain, 0.0F));
    if (moved != plain) last_move = step;
    plain = moved;
    const PointState<Pair<float>> next = gradient_step(Pair<float>(kappa), mixed);
    ASSERT_GT(widen(next.correct), widen(mixed.correct)) << "at step " << step;
    mixed = next;
    exact = gradient_step(kappa, exact);
  }
  std::cout << "float stands still from t = " << last_move << " on\n";
  EXPECT_LT(last_move, 3'000'000);
  // Rounding errors of the gradient shift ln t by their mean, some 1e-8; 1e-7 leaves room for no drift.
  EXPECT_NEAR(widen(mixed.correct), exact.correct, 1e-7);
}

TEST(MixedStep, EveryStepMovesAtATrillion) {
  for (const double kappa : {0.001, 0.1, 10.0, 1000.0}) {
    const double start = activation_after(kappa, 1e12);
    // Low parts of every size and sign.
    for (int k = -4000; k <= 4000; ++k) {
      const PointState<Pair<float>> point = {Pair<float>(start + k * 0x1p-30), Pair<float>(-1.0)};
      const PointState<Pair<float>> next = gradient_step(Pair<float>(kappa), point);
      ASSERT_GT(widen(next.correct), widen(point.correct)) << "kappa " << kappa << ", k " << k;
      // By 1e-12, give or take half a last place of the low part, at most 2^-43 for z < 64; widening rounds by 2^-47.
      ASSERT_NEAR(widen(next.correct) - widen(point.correct), 1e-12, 0x1p-43 + 0x1p-46) << "kappa " << kappa;
    }
  }
}

TEST(MixedStep, AMillionStepsFromATrillionAddUp) {
  constexpr double kappa = 0.1;
  PointState<Pair<float>> point = {Pair<float>(activation_after(kappa, 1e12)), Pair<float>(-1.0)};
  const double start = widen(point.correct);
  for (int step = 0; step < 1'000'000; ++step) point = gradient_step(Pair<float>(kappa), point);
  // Steps of 17 to 18 last places round one way for long: at most half a place, 2.9 %, when the low part is largest.
  EXPECT_NEAR(widen(point.correct) - start, 1e-6, 0.029e-6);
}

TEST(MixedStep, OutcomeIsThatOfTheMixedStep) {
  const Problem problem = make_problem(1.0, -1.0, 0.1);
  const auto after = [&](double t) {
    const double a = activation_after(problem.rate_positive, t);
    return Network<double>{a, -1.0, -0.5, a};
  };
  for (const double t : {1e3, 1e6, 1e9, 1e12}) {
    EXPECT_EQ(classify(problem, narrow<Pair<float>>(after(t))), Outcome::converging) << t;
  }
  EXPECT_EQ(classify(problem, after(1e14)), Outcome::converging);
  EXPECT_EQ(classify(problem, narrow<Pair<float>>(after(1e14))), Outcome::stagnated);
  EXPECT_EQ(classify(problem, narrow<Pair<float>>({-1.0, 2.0, -0.5, 3.0})), Outcome::stuck);
  EXPECT_EQ(classify(problem, narrow<Pair<float>>({1.0, 2.0, -0.5, 3.0})), Outcome::transient);
  // e^100 is beyond float: the gradient is infinite here, which in double it is not.
  const Mixed before = narrow<Pair<float>>({1.0, -1.0, 101.0, 1.0});
  EXPECT_EQ(classify(problem, gradient_step(problem, before)), Outcome::diverged);
}

}  // namespace
}  // namespace logmargin::mixed_step_test
