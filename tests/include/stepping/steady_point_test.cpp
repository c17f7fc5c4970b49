#include "logmargin/stepping/steady_point.hpp"

#include <gtest/gtest.h>

#include "tests/support/random_source.hpp"
#include "tests/support/same_state.hpp"

namespace logmargin::steady_point_test {
namespace {

/// Among random points those that are steady at first: how many were compared, and how many did not stay so.
struct Compared {
  int stayed = 0, left = 0;
};

template <class Number>
Compared compare_steps(double largest_activation) {
  testing::RandomSource random(17);
  Compared compared;
  for (int k = 0; k < 100'000; ++k) {
    const double rate_as_double = random.log_uniform(-12.0, 5.6);
    const Number rate(rate_as_double);
    if (rate_as_double > largest_steady_rate<Number>) continue;
    // Shared, specialised, dead and dying points, and some that are about to specialise.
    const double correct = random.uniform(-0.3, 1.0) * largest_activation;
    const double wrong = k % 3 == 0 ? random.log_uniform(-20.0, 2.0) : random.uniform(-0.5, 1.0) * correct;
    const PointState<Number> before = {Number(correct), Number(wrong)};
    SteadyPoint<Number> steady = steady_point(rate, before);
    if (!within_steady_range(steady, largest_steady_margin<Number>)) continue;
    PointState<Number> expected = before;
    for (std::int64_t step = 0; step < steady_steps; ++step) {
      steady = steady_step(steady);
      expected = gradient_step(rate, expected);
    }
    if (!stayed_steady(before, steady)) {
      ++compared.left;
      EXPECT_TRUE(positive(before.wrong) && !positive(expected.wrong)) << widen(before.correct);
      continue;
    }
    ++compared.stayed;
    const PointState<Number> actual = state_after(before, steady);
    EXPECT_TRUE(testing::same_bits(actual.correct, expected.correct)) << widen(rate) << ' ' << correct << ' ' << wrong;
    EXPECT_TRUE(testing::same_bits(actual.wrong, expected.wrong)) << widen(rate) << ' ' << correct << ' ' << wrong;
    if (::testing::Test::HasFailure()) break;
  }
  return compared;
}

TEST(SteadyPoint, StepsAsGradientDescentWhileTheSameNeuronsFire) {
  for (const double largest_activation : {1.0, 10.0, 300.0, 600.0}) {
    const Compared compared = compare_steps<double>(largest_activation);
    EXPECT_GT(compared.stayed, 20'000);
    EXPECT_GT(compared.left, 100);
  }
}

TEST(SteadyPoint, PairsToo) {
  for (const double largest_activation : {1.0, 10.0, 30.0, 60.0}) {
    const Compared compared = compare_steps<Pair<float>>(largest_activation);
    EXPECT_GT(compared.stayed, 20'000);
    EXPECT_GT(compared.left, 100);
  }
}

TEST(SteadyPoint, RangeEndsWhereTheWrongNeuronLeadsAndFarOut) {
  const auto within = [](double correct, double wrong) {
    return within_steady_range(steady_point(0.1, PointState<double>{correct, wrong}), largest_steady_margin<double>);
  };
  EXPECT_TRUE(within(1.0, 1.0));
  EXPECT_FALSE(within(1.0, 1.1));
  EXPECT_TRUE(within(399.9, -1.0));
  EXPECT_FALSE(within(400.1, -1.0));
  EXPECT_TRUE(within(-1.0, -1.0));
  EXPECT_FALSE(within(-1.0, 1.0));
  constexpr double infinity = std::numeric_limits<double>::infinity();
  EXPECT_FALSE(within(infinity, 1.0));
  EXPECT_FALSE(within(infinity, infinity)) << "the margin is no number";
  EXPECT_TRUE(within(std::nan(""), -1.0)) << "nothing fires there";
}

}  // namespace
}  // namespace logmargin::steady_point_test
