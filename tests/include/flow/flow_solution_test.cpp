#include "logmargin/flow/flow_solution.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "logmargin/model/gradient_step.hpp"
#include "tests/support/fewer_under_sanitizers.hpp"
#include "tests/support/flow_reference.hpp"
#include "tests/support/hostile_networks.hpp"

namespace logmargin::flow_path_test {
namespace {

using testing::columns_of;
using testing::fewer_under_sanitizers;
using testing::flow_tolerance;
using testing::RandomSource;
using testing::same_bits;

Network<double> random_network(RandomSource& random, const Problem& problem) {
  const double bias = random.below(2) == 0 ? 0.0 : 1.0;
  return network_from_weights(
      problem, {1.4 * random.normal(), bias * random.normal(), 1.4 * random.normal(), bias * random.normal()});
}

/// Not inlined at every place, which would take minutes to compile.
Network<double> at(const Problem& problem, OdeSolution& path, double t) { return network_at(problem, path, t); }
OdeSolution start(const Problem& problem, const Network<double>& initial) { return path_of(problem, initial); }

TEST(FlowSolution, AgreesWithSixtyDigitsThroughEventsAndSlides) {
  int coupled = 0;
  int sliding = 0;
  for (const testing::FlowReference& row : testing::flow_references()) {
    OdeSolution path = start(row.problem, row.initial);
    const std::array<double, 4> z = columns_of(at(row.problem, path, row.t));
    for (std::size_t k = 0; k < 4; ++k) {
      EXPECT_NEAR(z[k], static_cast<double>(row.z[k]), flow_tolerance) << row.text;
      if (row.firing[k] == 'f') {
        EXPECT_EQ(z[k], 0.0) << row.text;
      }
      if (row.firing[k] == 's') {
        EXPECT_LE(z[k], 0.0) << row.text;
      }
    }
    coupled += row.problem.has_orthogonal_points() ? 0 : 1;
    sliding += row.firing.find('f') != std::string::npos ? 1 : 0;
  }
  EXPECT_GE(coupled, 300);
  EXPECT_GE(sliding, 30);
}

template <class OfLoss>
Network<double> integrated(const Problem& problem, FlowSolution& path, double t) {
  return FlowIntegration<OfLoss>(problem).at(path, t);
}

template <class OfLoss>
void expect_the_closed_form(RandomSource& random) {
  for (const auto& [positive, negative] : {std::pair{1.0, -1.0}, {2.0, -0.5}, {-0.25, 4.0}}) {
    for (int i = 0; i < 300; ++i) {
      const Problem problem = make_problem(positive, negative, std::exp(random.uniform(-6.0, 2.0)));
      ASSERT_TRUE(problem.has_orthogonal_points());
      const Network<double> initial = random_network(random, problem);
      FlowSolution path = FlowIntegration<OfLoss>(problem).start(initial);
      for (const double t : {0.0, 0.01, 1.0, 7.5, 1e3, 1e6, 1e12, 1e100, 1e300}) {
        const Network<double> z = integrated<OfLoss>(problem, path, t);
        const auto first = flow_point<OfLoss>(problem.rate_positive, {initial.z11, initial.z21}, t);
        const auto second = flow_point<OfLoss>(problem.rate_negative, {initial.z22, initial.z12}, t);
        ASSERT_NEAR(z.z11, first.correct, flow_tolerance) << i << ", t " << t;
        ASSERT_NEAR(z.z21, first.wrong, flow_tolerance) << i << ", t " << t;
        ASSERT_NEAR(z.z22, second.correct, flow_tolerance) << i << ", t " << t;
        ASSERT_NEAR(z.z12, second.wrong, flow_tolerance) << i << ", t " << t;
      }
    }
  }
}

TEST(FlowSolution, AgreesWithTheClosedFormOfDecoupledData) {
  RandomSource random(20261127);
  expect_the_closed_form<ExponentialLoss>(random);
  expect_the_closed_form<LogisticLoss>(random);
}

/// A cloud of states about one where z21 slides: it is held at exactly 0 until its own push is too weak, and rises
/// then.
TEST(FlowSolution, LeavesASlideWhenThePushNoLongerHoldsIt) {
  const Problem problem = make_problem(0.25, 3.0, 1.5);
  const FlowIntegration<ExponentialLoss> integration(problem);
  FlowSolution path = integration.start(network_from_weights(problem, {-1.14934, 1.256022, 0.042944, 1.442794}));
  bool slid = false;
  bool left = false;
  for (double t = 1.0; t < 1e4; t *= 1.05) {
    const Network<double> z = integrated<ExponentialLoss>(problem, path, t);
    const bool slides = integration.phase_at(path.last).firing(1) == Firing::slides;
    if (slides) {
      EXPECT_EQ(z.z12, 0.0) << t;
      EXPECT_FALSE(left);
    } else if (slid) {
      left = true;
      EXPECT_GE(z.z12, 0.0) << t;
    }
    slid = slid || slides;
  }
  EXPECT_TRUE(slid && left);
}

TEST(FlowSolution, TimesAskedForOnTheWayChangeNoBit) {
  RandomSource random(20261128);
  for (const auto& [positive, negative] : {std::pair{2.0, -2.0}, {1.5, -0.4}, {2.0, 1.0}}) {
    const Problem problem = make_problem(positive, negative, 0.3, testing::gradient_flow(Loss::exponential));
    for (int i = 0; i < 100; ++i) {
      const Network<double> initial = random_network(random, problem);
      OdeSolution often = start(problem, initial);
      for (double t = 0.5; t < 9e5; t *= 1.1) at(problem, often, t);
      OdeSolution direct = start(problem, initial);
      const std::array<double, 4> a = columns_of(at(problem, often, 1e6));
      const std::array<double, 4> b = columns_of(at(problem, direct, 1e6));
      for (std::size_t k = 0; k < 4; ++k) ASSERT_TRUE(same_bits(a[k], b[k])) << i;
    }
  }
}

/// Twice the way of half the time is the way: the flow has no memory. A wrong clock or event would show.
TEST(FlowSolution, GoesOnFromWhereItStands) {
  RandomSource random(20261129);
  for (const auto& [positive, negative] : {std::pair{2.0, -2.0}, {1.5, -0.4}, {2.0, 1.0}}) {
    for (const Loss loss : {Loss::exponential, Loss::logistic}) {
      const Problem problem = make_problem(positive, negative, 0.3, testing::gradient_flow(loss));
      for (int i = 0; i < 100; ++i) {
        OdeSolution path = start(problem, random_network(random, problem));
        OdeSolution again = start(problem, at(problem, path, 321.0));
        const std::array<double, 4> a = columns_of(at(problem, path, 1000.0));
        const std::array<double, 4> b = columns_of(at(problem, again, 679.0));
        for (std::size_t k = 0; k < 4; ++k) ASSERT_NEAR(a[k], b[k], flow_tolerance) << i;
      }
    }
  }
}

TEST(FlowSolution, HostileNetworksEndInBoundedTime) {
  RandomSource random(20261130);
  int ended_at_1e300 = 0;
  for (int cell = 0; cell < fewer_under_sanitizers(200); ++cell) {
    Problem problem = testing::hostile_problem(random);
    problem.method = testing::gradient_flow(cell % 2 == 0 ? Loss::exponential : Loss::logistic);
    for (const Network<double>& initial : testing::hostile_networks(random, problem, 4)) {
      OdeSolution path = start(problem, initial);
      const std::array<double, 4> from = columns_of(initial);
      const std::array<double, 4> to = columns_of(at(problem, path, 1e300));
      ASSERT_LE(path.attempts, FlowSolution::most_attempts + 1);
      // Points much alike, or of norms of different orders, and large logistic margins may be too stiff; nothing else.
      if (path.failed()) {
        const double apart = 2.0 * problem.optimal_margin;
        ASSERT_TRUE(apart < 0.1 || apart > 10.0 || *std::max_element(from.begin(), from.end()) > 1e4) << apart;
        continue;
      }
      bool finite = true;
      for (const double z : from) finite = finite && std::isfinite(z);
      if (!finite) {
        // Of decoupled data the other point goes its way.
        for (std::size_t k = 0; k < 4 && !problem.has_orthogonal_points(); ++k) ASSERT_TRUE(same_bits(from[k], to[k]));
        continue;
      }
      // Lost are the networks whose first step of gradient descent is not finite either.
      const std::array<double, 4> step = columns_of(gradient_step(problem, initial));
      bool overflows = false;
      bool lost = false;
      for (std::size_t k = 0; k < 4; ++k) {
        // At the end of the range a last unit is more than any number of steps can be trusted with.
        overflows = overflows || !(std::abs(step[k]) < 1e300);
        lost = lost || !std::isfinite(to[k]);
      }
      ASSERT_TRUE(!lost || overflows) << "cell " << cell << " of " << problem.positive_position << ","
                                      << problem.negative_position << " eta " << problem.step_size << " loss "
                                      << static_cast<int>(problem.method.loss) << ": " << from[0] << " " << from[1]
                                      << " " << from[2] << " " << from[3] << ", attempts " << path.attempts;
      ended_at_1e300 += lost ? 0 : 1;
    }
  }
  EXPECT_GT(ended_at_1e300, fewer_under_sanitizers(300));
}

}  // namespace
}  // namespace logmargin::flow_path_test
