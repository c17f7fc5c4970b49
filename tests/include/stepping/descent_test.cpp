#include "logmargin/stepping/descent.hpp"

#include <gtest/gtest.h>

#include <iostream>

#include "tests/support/plain_descent.hpp"
#include "tests/support/random_source.hpp"
#include "tests/support/same_state.hpp"

namespace logmargin::descent_test {
namespace {

using testing::PlainDescent;
using testing::RandomSource;

/// Returns the largest relative error of e^-x over the range, in units of 2^-53 or, for floats, 2^-24.
template <int terms, class Float>
double worst_error(double largest, double unit) {
  RandomSource random(20261129);
  double worst = 0.0;
  for (int k = 0; k < 200'000; ++k) {
    const auto x = static_cast<Float>(random.uniform(0.0, largest));
    const long double exact = std::expm1(-static_cast<long double>(x));
    const long double error = static_cast<long double>(decay<terms>(x)) - exact;
    worst = std::max(worst, static_cast<double>(std::fabs(error / (1.0L + exact))) / unit);
  }
  return worst;
}

TEST(Decay, IsTheExponentialLessOneToTheLastPlaceOfWhatItDecays) {
  // The polynomials are good to 2^-55.2, and the last product is rounded to a last place of x.
  EXPECT_LT((worst_error<2, double>(largest_decay<2>, 0x1p-53)), 0.25);
  EXPECT_LT((worst_error<3, double>(largest_decay<3>, 0x1p-53)), 0.25);
  EXPECT_LT((worst_error<5, double>(largest_decay<5>, 0x1p-53)), 0.25);
  EXPECT_LT((worst_error<2, float>(32.0 * largest_decay<2>, 0x1p-24)), 0.08);
  EXPECT_LT((worst_error<3, float>(32.0 * largest_decay<3>, 0x1p-24)), 0.08);
}

/// A network about as training has it at t: its pre-activations have climbed, or still change sides.
template <class Number>
Network<Number> network_at(RandomSource& random, const Problem& problem, std::int64_t t) {
  const auto correct = [&](double rate) {
    if (random.below(8) == 0) return -random.uniform(0.0, 1.0);
    if (random.below(8) == 0) return random.log_uniform(-20.0, 5.0);
    return std::log1p(rate * static_cast<double>(t)) + random.uniform(-0.2, 3.0);
  };
  const auto wrong = [&] {
    switch (random.below(6)) {
      case 0:
        return random.uniform(0.0, 4.0);
      case 1:
        // It stops firing soon.
        return random.log_uniform(-20.0, 1.0) * 3.0 / static_cast<double>(t + 2);
      case 2:
        return random.sign() * 0.0;
      default:
        return -random.uniform(0.0, 2.0);
    }
  };
  return narrow<Number>({correct(problem.rate_positive), wrong(), wrong(), correct(problem.rate_negative)});
}

template <class Number>
class Descent : public ::testing::Test {};
using Numbers = ::testing::Types<double, Pair<float>>;
TYPED_TEST_SUITE(Descent, Numbers);

template <class Number>
void descend(const Problem& problem, CarriedNetwork<Number>& network, std::int64_t t, std::int64_t steps) {
  with_coupling(problem, [&](auto coupled) {
    logmargin::descend<decltype(coupled)::value>(Rates<Number>(problem), network, t, steps);
  });
}

/// Cuts the way anywhere, so that rounds are left and taken up again.
TYPED_TEST(Descent, HasTheBitsOfItsDefinitionWhereverItIsCut) {
  RandomSource random(20261130);
  int carried = 0;
  int alone = 0;
  for (const auto& [x1, x2] : {std::pair{1.0, -1.0}, {2.0, -0.5}, {1.5, -1.5}, {1.5, -0.4}, {3.0, 1.0}}) {
    for (const std::int64_t from : {0, 32, 64, 1952, 2048, 65472, 65536, 10'000'000}) {
      for (int k = 0; k < 60; ++k) {
        const Problem problem = make_problem(x1, x2, random.log_uniform(-6.0, 1.0));
        CarriedNetwork<TypeParam> network = {network_at<TypeParam>(random, problem, from), {}};
        PlainDescent<TypeParam> plain(problem, network.network, from);
        for (std::int64_t t = from; t < from + 200;) {
          const auto steps = static_cast<std::int64_t>(random.below(70));
          descend(problem, network, t, steps);
          t += steps;
          plain.step_to(t);
          ASSERT_TRUE(testing::same_bits(network.network, plain.network()))
              << "data " << x1 << ", " << x2 << ", from t = " << from << ", network " << k << " at " << t;
        }
        for (const TypeParam& rise : network.rise) (is_carried(rise) ? carried : alone) += 1;
      }
    }
  }
  EXPECT_GT(carried, 500);
  EXPECT_GT(alone, 100);
}

/// While a rise is carried no neuron starts or stops firing, at a point that moves on its own or beside another.
TYPED_TEST(Descent, CarriesOnlyWhereTheSameNeuronsFireAllRound) {
  RandomSource random(20261131);
  int carried = 0;
  int with_wrong = 0;
  for (int k = 0; k < 40'000; ++k) {
    const std::int64_t t = first_carried_t<TypeParam> * (1 + static_cast<std::int64_t>(random.below(40)));
    const bool coupled = k % 2 == 0;
    const Problem problem = coupled ? make_problem(random.uniform(0.5, 2.0), -random.uniform(0.3, 2.0), 0.2)
                                    : make_problem(1.0, -1.0, random.uniform(0.05, 0.5));
    CarriedNetwork<TypeParam> network = {network_at<TypeParam>(random, problem, t), {}};
    const int before = activation_pattern<int>(widen(network.network));
    descend(problem, network, t, 1);
    if (!is_carried(network.rise[0]) || !is_carried(network.rise[1])) continue;
    ++carried;
    with_wrong += (before & (2 | 4)) != 0 ? 1 : 0;
    for (std::int64_t step = 1; step <= round_steps; ++step) {
      ASSERT_EQ(activation_pattern<int>(widen(network.network)), before) << k << " after " << step;
      if (step < round_steps) descend(problem, network, t + step, 1);
    }
  }
  EXPECT_GT(carried, 3'000);
  EXPECT_GT(with_wrong, 300);
}

/// One point's walk in long double is right to 1e-16 a step; against it both ways of taking steps are measured.
TEST(DescentOfAPoint, IsAsExactAsWithAnExponentialInEachStep) {
  RandomSource random(20261132);
  double worst = 0.0;
  double sum = 0.0;
  double sum_of_plain = 0.0;
  for (int k = 0; k < 24; ++k) {
    const double rate = random.log_uniform(-8.0, 1.0);
    // Both neurons fire at every third point, at some of them to the end.
    const PointState<double> start = {random.uniform(0.5, 3.0), k % 3 == 0 ? random.uniform(0.0, 3.0) : -1.0};
    long double correct = start.correct;
    long double wrong = start.wrong;
    PointState<double> carried = start;
    PointState<double> plain = start;
    double rise = 0.0;
    std::int64_t t = 0;
    for (const std::int64_t end : {100, 1'000, 10'000, 100'000, 300'000}) {
      descend(rate, carried, rise, t, end - t);
      for (; t < end; ++t) {
        plain = gradient_step(rate, plain);
        const long double force = rate * std::exp((wrong > 0 ? wrong : 0.0L) - correct);
        correct += force;
        if (wrong > 0) wrong -= force;
      }
      const auto error = static_cast<double>(std::fabs(carried.correct - correct));
      worst = std::max(worst, error);
      sum += error;
      sum_of_plain += static_cast<double>(std::fabs(plain.correct - correct));
      // As the reference tables: 2e-12 to t = 1e6.
      ASSERT_LE(error, 2e-12) << "rate " << rate << " at t = " << t;
      ASSERT_NEAR(carried.wrong, static_cast<double>(wrong), 2e-12);
    }
  }
  std::cout << "largest error " << worst << ", mean over that of the whole exponential " << sum / sum_of_plain << '\n';
  EXPECT_LT(sum, 1.1 * sum_of_plain);
}

/// Pairs lose nothing by it: what a rise is kept in is good to a float however small it is.
TEST(DescentOfAPoint, OfPairsStaysNearTheDouble) {
  RandomSource random(20261133);
  for (int k = 0; k < 8; ++k) {
    const double rate = random.log_uniform(-6.0, 1.0);
    const double correct = random.uniform(0.5, 3.0);
    PointState<Pair<float>> pair = {Pair<float>(correct), Pair<float>(-1.0)};
    PointState<double> exact = {widen(pair.correct), -1.0};
    Pair<float> rise = {0.0F, 0.0F};
    double exact_rise = 0.0;
    descend(Pair<float>(rate), pair, rise, 0, 3'000'000);
    descend(widen(Pair<float>(rate)), exact, exact_rise, 0, 3'000'000);
    EXPECT_NEAR(widen(pair.correct), exact.correct, 2e-8) << rate;
  }
}

TYPED_TEST(Descent, RestsWhereNoStepMovesIt) {
  const Problem problem = make_problem(1.0, -1.0, 0.1);
  const auto rests_at = [&](double correct, double wrong, std::int64_t t) {
    const CarriedNetwork<TypeParam> network = {narrow<TypeParam>({correct, wrong, wrong, correct}), {}};
    return rests<false>(Rates<TypeParam>(problem), network, t);
  };
  EXPECT_TRUE(rests_at(-1.0, -1.0, 0));
  EXPECT_TRUE(rests_at(-1.0, -1.0, 100'000));
  EXPECT_FALSE(rests_at(8.0, -1.0, 0));
  EXPECT_FALSE(rests_at(14.0, -1.0, 1'000'000));
  EXPECT_TRUE(rests_at(110.0, -1.0, 1'000'000));
  // A rise from the beginning of a round may move what one taken anew does not.
  CarriedNetwork<TypeParam> moved = {narrow<TypeParam>({110.0, -1.0, -1.0, 110.0}), {}};
  moved.rise[0] = TypeParam(1e-6);
  EXPECT_FALSE(rests<false>(Rates<TypeParam>(problem), moved, 1'000'001));
  EXPECT_TRUE(rests<false>(Rates<TypeParam>(problem), moved, 1'000'000 / round_steps * round_steps));
}

/// With an exponential of its own a step rounds once, by its rise twice: one may move what the other leaves.
TEST(DescentOfAPoint, RestsOnlyWhereItsLaterStepsDoToo) {
  const Problem problem = make_problem(1.0, -1.0, 3.57719537485936e-16);
  const CarriedNetwork<double> start = {
      network_from_weights(problem, {1.1700181603114517, 0.0, -1.1700181603114517, 0.0}), {}};
  const Rates<double> rates(problem);
  ASSERT_TRUE(same_numbers(gradient_step<false>(rates, start.network), start.network));
  CarriedNetwork<double> moved = start;
  descend(problem, moved, 0, 200);
  ASSERT_FALSE(same_numbers(moved.network, start.network));
  for (const std::int64_t t : {0, 5, 31, 32, 63, 64}) EXPECT_FALSE(rests<false>(rates, start, t)) << t;
}

}  // namespace
}  // namespace logmargin::descent_test
