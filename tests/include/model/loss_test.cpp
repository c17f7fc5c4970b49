#include "logmargin/model/loss.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <iostream>

#include "logmargin/model/normalised_loss_gradient.hpp"
#include "tests/support/mpfr_number.hpp"
#include "tests/support/random_source.hpp"

namespace logmargin::loss_test {
namespace {

using testing::MpfrNumber;
using testing::RandomSource;

constexpr double epsilon = std::numeric_limits<double>::epsilon();

/// ln(1 + exp(-m)).
void logistic(MpfrNumber& result, double margin) {
  mpfr_set_d(result.get(), -margin, MPFR_RNDN);
  mpfr_exp(result.get(), result.get(), MPFR_RNDN);
  mpfr_log1p(result.get(), result.get(), MPFR_RNDN);
}

std::vector<double> margins() {
  RandomSource random(20261128);
  std::vector<double> values = {0.0, -0.0, 1e-300, -1e-300, 40.0, 39.999999, 36.7, 745.0, -745.0, 1e5, -1e5};
  for (int i = 0; i < 20'000; ++i) values.push_back(50.0 * random.normal());
  return values;
}

TEST(LogisticLoss, WeightIsWithinTwoEpsilon) {
  MpfrNumber exact;
  double worst = 0.0;
  for (const double margin : margins()) {
    if (margin > 700.0) continue;
    mpfr_set_d(exact.get(), margin, MPFR_RNDN);
    mpfr_exp(exact.get(), exact.get(), MPFR_RNDN);
    mpfr_add_ui(exact.get(), exact.get(), 1, MPFR_RNDN);
    mpfr_ui_div(exact.get(), 1, exact.get(), MPFR_RNDN);
    const double expected = mpfr_get_d(exact.get(), MPFR_RNDN);
    worst = std::max(worst, std::abs(LogisticLoss::weight(-margin) - expected) / expected);
  }
  std::cout << "weight: worst error " << worst / epsilon << " epsilon\n";
  // An exponential of 1 ulp, an addition and a division.
  EXPECT_LE(worst, 2.0 * epsilon);
  EXPECT_EQ(LogisticLoss::weight(-1e6), 0.0);
  EXPECT_EQ(LogisticLoss::weight(1e6), 1.0);
  EXPECT_TRUE(std::isnan(LogisticLoss::weight(std::nan(""))));
}

TEST(LogisticLoss, Log10OfTheMeanNeitherUnderflowsNorOverflows) {
  RandomSource random(20261129);
  MpfrNumber first, second;
  double worst = 0.0;
  for (const double margin : margins()) {
    const double other = random.below(3) == 0 ? margin + random.normal() : 30.0 * random.normal();
    logistic(first, margin);
    logistic(second, other);
    mpfr_add(first.get(), first.get(), second.get(), MPFR_RNDN);
    mpfr_div_ui(first.get(), first.get(), 2, MPFR_RNDN);
    mpfr_log10(first.get(), first.get(), MPFR_RNDN);
    const double expected = mpfr_get_d(first.get(), MPFR_RNDN);
    const double error = std::abs(log10_mean_logistic_loss(margin, other) - expected);
    worst = std::max(worst, error / std::max(1.0, std::abs(expected)));
  }
  std::cout << "log10 loss: worst error " << worst / epsilon << " epsilon\n";
  EXPECT_LE(worst, 4.0 * epsilon);
  EXPECT_NEAR(log10_mean_logistic_loss(1e8, 1e8), -1e8 / std::log(10.0), 1e-8);
  EXPECT_NEAR(log10_mean_logistic_loss(-1e8, 1e8), 8.0 - std::log10(2.0), 1e-14);
}

/// Of the exponential loss the weights are twice the softmax; of the logistic loss -l'(m)/L.
TEST(NormalisedPulls, AreTheWeightsOverTheMeanLoss) {
  RandomSource random(20261130);
  MpfrNumber loss, other, weight;
  double worst = 0.0;
  for (int i = 0; i < 20'000; ++i) {
    const double first = 20.0 * random.normal();
    const double second = random.below(2) == 0 ? first + random.normal() : 20.0 * random.normal();
    // At each point one neuron alone, so that the margins are the pre-activations.
    const Network<double> network = {first > 0.0 ? first : -1.0, second > 0.0 ? -1.0 : -second,
                                     first > 0.0 ? -1.0 : -first, second > 0.0 ? second : -1.0};
    logistic(loss, first);
    logistic(other, second);
    mpfr_add(loss.get(), loss.get(), other.get(), MPFR_RNDN);
    mpfr_set_d(weight.get(), first, MPFR_RNDN);
    mpfr_exp(weight.get(), weight.get(), MPFR_RNDN);
    mpfr_add_ui(weight.get(), weight.get(), 1, MPFR_RNDN);
    mpfr_mul(weight.get(), weight.get(), loss.get(), MPFR_RNDN);
    mpfr_ui_div(weight.get(), 2, weight.get(), MPFR_RNDN);
    const double expected = mpfr_get_d(weight.get(), MPFR_RNDN);
    const LossGradient<double> pull = normalised_loss_gradient<LogisticLoss>(network);
    const double computed = first > 0.0 ? pull.first.correct : pull.first.wrong;
    // The difference of margins up to 100 is rounded before its exponential.
    worst = std::max(worst, std::abs(computed - expected) / expected);
  }
  std::cout << "normalised weight: worst relative error " << worst / epsilon << " epsilon\n";
  EXPECT_LE(worst, 64.0 * epsilon);
}

/// Where losses are as large as margins, or too small for a double, or one is and one is not: -l'(m)/L by hand.
TEST(NormalisedPulls, OfLogisticLossAreRightFarFromZero) {
  const auto weights = [](double first, double second) {
    const LossGradient<double> pull = normalised_loss_gradient<LogisticLoss>(
        Network<double>{first > 0.0 ? first : -1.0, second > 0.0 ? -1.0 : -second, first > 0.0 ? -1.0 : -first,
                        second > 0.0 ? second : -1.0});
    return std::pair{pull.first.correct + pull.first.wrong, pull.second.correct + pull.second.wrong};
  };
  // Both wrong by far: each weight is 1, the mean loss (1500 + 300)/2.
  EXPECT_NEAR(weights(-1500.0, -300.0).first, 2.0 / 1800.0, 1e-17);
  EXPECT_NEAR(weights(-1500.0, -300.0).second, 2.0 / 1800.0, 1e-17);
  // One right by far: its weight is nil.
  EXPECT_NEAR(weights(2000.0, -1000.0).second, 2.0 / 1000.0, 1e-17);
  EXPECT_EQ(weights(2000.0, -1000.0).first, 0.0);
  EXPECT_NEAR(weights(50.0, -1000.0).first, 2.0 * std::exp(-50.0) / 1000.0, 1e-36);
  // Both right by far: twice the softmax.
  EXPECT_NEAR(weights(2000.0, 2001.0).first, 2.0 / (1.0 + std::exp(-1.0)), 1e-15);
  EXPECT_NEAR(weights(2000.0, 2001.0).second, 2.0 / (1.0 + std::exp(1.0)), 1e-15);
}

TEST(NormalisedPulls, StayInRangeForAnyMargins) {
  for (const double first : {1e8, 1e300, -1e300, -1e8, 800.0, -800.0}) {
    for (const double second : {1e8, 1e300, -1e8, -800.0, 1.0}) {
      const Network<double> network = {first > 0.0 ? first : -1.0, second > 0.0 ? -1.0 : -second,
                                       first > 0.0 ? -1.0 : -first, second > 0.0 ? second : -1.0};
      const LossGradient<double> exponential = normalised_loss_gradient<ExponentialLoss>(network);
      const LossGradient<double> logistic = normalised_loss_gradient<LogisticLoss>(network);
      const double sum =
          exponential.first.correct + exponential.first.wrong + exponential.second.correct + exponential.second.wrong;
      EXPECT_NEAR(sum, 2.0, 1e-15);
      for (const double weight :
           {logistic.first.correct, logistic.first.wrong, logistic.second.correct, logistic.second.wrong}) {
        EXPECT_GE(weight, 0.0) << first << ", " << second;
        EXPECT_LE(weight, 2.0) << first << ", " << second;
      }
    }
  }
}

}  // namespace
}  // namespace logmargin::loss_test
