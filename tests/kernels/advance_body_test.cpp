#include "kernels/advance_body.hpp"

#include <gtest/gtest.h>

#include "tests/kernels/serial_batch.hpp"
#include "tests/support/random_source.hpp"

namespace logmargin {
namespace {

using testing::SerialBatch;

TrialSource source_of(const Problem& problem, double scale) {
  return {problem, {ParameterLaw::Shape::normal, scale}, {ParameterLaw::Shape::normal, scale}, 7};
}

void expect_stepped(const SerialBatch& batch, const TrialSource& source, std::size_t count, std::int64_t steps) {
  for (std::size_t i = 0; i < count; ++i) {
    const Weights theta = initial_weights({source.weight_law, source.bias_law}, source.seed, 100 + i);
    Network<double> expected = network_from_weights(source.problem, theta);
    for (std::int64_t step = 0; step < steps; ++step) expected = gradient_step(source.problem, expected);
    const Network<double> actual = batch.network(i);
    ASSERT_TRUE(testing::same_bits(actual.z11, expected.z11) && testing::same_bits(actual.z12, expected.z12) &&
                testing::same_bits(actual.z21, expected.z21) && testing::same_bits(actual.z22, expected.z22))
        << "network " << i << " after " << steps << " steps";
  }
}

template <int InFlight>
void compare_points(const Problem& problem, double scale, std::size_t count) {
  const TrialSource source = source_of(problem, scale);
  SerialBatch batch(source, 100, count);
  batch.advance_points<InFlight>(3);
  batch.advance_points<InFlight>(40);
  batch.advance_points<InFlight>(400);
  expect_stepped(batch, source, count, 443);
  // Or else one of the kernels was not met.
  if (count > 100 && scale < 100.0 && problem.rate_positive <= largest_settled_rate) {
    EXPECT_GT(batch.settled_seen, 0U);
    EXPECT_GT(batch.moving_seen, 0U);
  }
}

TEST(AdvanceBody, PointsOverListsGiveTheBitsOfPlainSteps) {
  for (const std::size_t count : {std::size_t{1}, std::size_t{31}, std::size_t{33}, std::size_t{501}}) {
    compare_points<1>(make_problem(1.0, -1.0, 0.1), 1.4, count);
    compare_points<2>(make_problem(1.0, -1.0, 0.1), 1.4, count);
    compare_points<4>(make_problem(1.0, -1.0, 0.1), 1.4, count);
  }
}

TEST(AdvanceBody, UnequalRatesHugeStepsAndHugeWeightsToo) {
  compare_points<2>(make_problem(2.0, -0.5, 0.3), 1.4, 501);
  compare_points<4>(make_problem(-0.5, 2.0, 90.0), 1.4, 501);
  compare_points<2>(make_problem(1.0, -1.0, 1e9), 1.4, 501);
  compare_points<2>(make_problem(1.0, -1.0, 0.1), 300.0, 501);
  compare_points<2>(make_problem(1.0, -1.0, 0.1), 1e200, 501);
}

TEST(AdvanceBody, WholeNetworksGiveTheBitsOfPlainSteps) {
  const TrialSource coupled = source_of(make_problem(1.5, -1.5, 0.1), 1.4);
  SerialBatch batch(coupled, 100, 301);
  batch.advance_whole<true>(443);
  expect_stepped(batch, coupled, 301, 443);

  const TrialSource decoupled = source_of(make_problem(1.0, -1.0, 0.1), 1.4);
  SerialBatch other(decoupled, 100, 301);
  other.advance_whole<false>(443);
  expect_stepped(other, decoupled, 301, 443);
}

TEST(SettledStep, IsTheGradientStepOfEverySettledPoint) {
  testing::RandomSource random(11);
  int settled = 0;
  for (int k = 0; k < 200'000; ++k) {
    const double rate = random.log_uniform(-60.0, 7.0);
    const PointState<double> point = {random.log_uniform(-1070.0, 10.0),
                                      k % 4 == 0 ? (k % 8 == 0 ? 0.0 : -0.0) : -random.log_uniform(-1070.0, 1000.0)};
    if (!is_settled(rate, point)) continue;
    ++settled;
    const PointState<double> next = gradient_step(rate, point);
    ASSERT_TRUE(testing::same_bits(settled_step(rate, point.correct), next.correct));
    ASSERT_TRUE(testing::same_bits(next.wrong, point.wrong)) << point.wrong;
    ASSERT_TRUE(is_settled(rate, next)) << rate << ' ' << point.correct;
  }
  EXPECT_GT(settled, 100'000);
}

TEST(SettledStep, LimitsHold) {
  EXPECT_TRUE(is_settled(100.0, PointState<double>{500.0, 0.0}));
  EXPECT_FALSE(is_settled(100.1, PointState<double>{1.0, 0.0}));
  EXPECT_FALSE(is_settled(1.0, PointState<double>{500.1, 0.0}));
  EXPECT_FALSE(is_settled(1.0, PointState<double>{1.0, 1e-300}));
  EXPECT_FALSE(is_settled(1.0, PointState<double>{0.0, -1.0}));
  EXPECT_FALSE(is_settled(1.0, PointState<double>{std::nan(""), -1.0}));
  // The highest that one step from below can reach.
  const double highest = settled_step(100.0, 5e-324);
  EXPECT_LE(highest, 101.0);
  EXPECT_EQ(settled_step(100.0, 350.0), 350.0);
}

TEST(ModerateExponential, HasTheBitsOfTheGeneralOne) {
  testing::RandomSource random(12);
  for (int k = 0; k < 500'000; ++k) {
    const double x = k % 2 == 0 ? random.uniform(-700.0, 700.0) : random.sign() * random.log_uniform(-1074.0, 9.4);
    ASSERT_TRUE(testing::same_bits(exponential_of_moderate(x), exponential(x))) << x;
  }
}

}  // namespace
}  // namespace logmargin
