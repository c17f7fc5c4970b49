#include <gtest/gtest.h>

#include <cmath>

#include "logmargin/stepping/time_to_gap.hpp"
#include "tests/support/fewer_under_sanitizers.hpp"
#include "tests/support/flow_reference.hpp"
#include "tests/support/random_source.hpp"

namespace logmargin::flow_time_to_gap_test {
namespace {

using testing::fewer_under_sanitizers;
using testing::RandomSource;

/// Not inlined at every place, which would take long to compile.
double log10_t_eps(const Problem& problem, const Network<double>& initial, double threshold) {
  double log10_t = 0.0;
  log10_times_to_gap(NetworkOnLine{}, problem, initial, &threshold, 1, &log10_t);
  return log10_t;
}

double gap_at(const Problem& problem, const Network<double>& initial, double t) {
  const auto first = flow_point<ExponentialLoss>(problem.rate_positive, {initial.z11, initial.z21}, t);
  const auto second = flow_point<ExponentialLoss>(problem.rate_negative, {initial.z22, initial.z12}, t);
  const Network<double> network = {first.correct, second.wrong, first.wrong, second.correct};
  return observe(problem, network).gap;
}

std::string text_of(const Network<double>& network) {
  std::string text;
  for (const double z : testing::columns_of(network)) text += std::to_string(z) + " ";
  return text;
}

/// By the definition: above just before, never above afterwards.
void expect_last_time_above(const Problem& problem, const Network<double>& initial, double threshold, double log10_t) {
  constexpr double last_log10_t = 300.0;
  double from = -12.0;
  if (!std::isinf(log10_t)) {
    ASSERT_TRUE(std::isfinite(log10_t));
    if (log10_t > last_log10_t) {
      EXPECT_GT(gap_at(problem, initial, 1e300), threshold);
      return;
    }
    const double t = std::pow(10.0, log10_t);
    EXPECT_NEAR(gap_at(problem, initial, t), threshold, 1e-9 * std::max(threshold, problem.optimal_margin));
    // Clear of rounding, as far as the gap moves that far.
    EXPECT_GT(gap_at(problem, initial, t * (1.0 - 1e-6)), threshold * (1.0 - 1e-9));
    from = log10_t + 1e-6;
  }
  for (double at = from; at < last_log10_t; at += at < 20.0 ? 0.003 : 0.5) {
    ASSERT_LE(gap_at(problem, initial, std::pow(10.0, at)), threshold * (1.0 + 1e-9)) << "log10 t " << at;
  }
}

TEST(FlowTimeToGap, IsTheLastTimeAboveTheThreshold) {
  RandomSource random(20261201);
  int finite = 0;
  int never = 0;
  int on_the_way = 0;
  for (int i = 0; i < fewer_under_sanitizers(400); ++i) {
    const Problem problem =
        make_problem(1.0, -1.0, std::exp(random.uniform(-5.0, 1.0)), testing::gradient_flow(Loss::exponential));
    const auto wrong = [&] { return random.normal() * (random.below(2) == 0 ? 1.0 : 0.05); };
    const Network<double> initial = {std::abs(random.normal()), wrong(), wrong(), std::abs(random.normal())};
    const bool shared = initial.z12 > 0.0 || initial.z21 > 0.0;
    for (const double threshold : {0.5, 0.1, 0.01, 0.001}) {
      const double log10_t = log10_t_eps(problem, initial, threshold);
      SCOPED_TRACE(text_of(initial) + " eta " + std::to_string(problem.step_size) + " threshold " +
                   std::to_string(threshold) + " log10 t " + std::to_string(log10_t));
      expect_last_time_above(problem, initial, threshold, log10_t);
      if (HasFailure()) return;
      never += std::isinf(log10_t) ? 1 : 0;
      finite += std::isfinite(log10_t) ? 1 : 0;
      on_the_way += std::isfinite(log10_t) && shared && log10_t < 1.0 ? 1 : 0;
    }
  }
  EXPECT_GT(finite, fewer_under_sanitizers(500));
  EXPECT_GT(never, fewer_under_sanitizers(20));
  EXPECT_GT(on_the_way, fewer_under_sanitizers(50));
}

TEST(FlowTimeToGap, IsLikeThatOfSmallStepsInTheirTime) {
  // Steps of 1e-4 and the flow: t_eps in units of eta t differs by about a step.
  constexpr double eta = 1e-4;
  const Network<double> initial = {0.8, -0.6, -0.2, 0.7};
  const Problem flow = make_problem(1.0, -1.0, eta, testing::gradient_flow(Loss::exponential));
  double of_descent = 0.0;
  constexpr double threshold = 0.08;
  log10_times_to_gap(NetworkOnLine{}, make_problem(1.0, -1.0, eta), initial, &threshold, 1, &of_descent);
  ASSERT_TRUE(std::isfinite(of_descent));
  EXPECT_NEAR(log10_t_eps(flow, initial, threshold), of_descent, 1e-3);
}

TEST(FlowTimeToGap, IsNotKnownForCoupledDataNorTheLogisticLossNorNetworksThatDoNotConverge) {
  const Network<double> initial = {0.8, -0.6, -0.2, 0.7};
  const auto known = [](const Problem& problem, const Network<double>& network) {
    return !std::isnan(log10_t_eps(problem, network, 0.1));
  };
  const Method exponential = testing::gradient_flow(Loss::exponential);
  EXPECT_TRUE(known(make_problem(1.0, -1.0, 0.1, exponential), initial));
  EXPECT_FALSE(known(make_problem(2.0, -2.0, 0.1, exponential), initial));
  EXPECT_FALSE(known(make_problem(1.0, -1.0, 0.1, testing::gradient_flow(Loss::logistic)), initial));
  EXPECT_FALSE(known(make_problem(1.0, -1.0, 0.1, exponential), {0.8, -0.6, 0.3, -0.7}));
}

}  // namespace
}  // namespace logmargin::flow_time_to_gap_test
