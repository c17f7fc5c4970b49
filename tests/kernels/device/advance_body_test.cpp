#include "kernels/device/advance_body.hpp"

#include <gtest/gtest.h>

#include "kernels/device/initialise_body.hpp"
#include "logmargin/stepping/steady_point.hpp"
#include "tests/support/random_source.hpp"
#include "tests/support/same_state.hpp"

namespace logmargin::advance_body_test {
namespace {

CellParameters source_of(const Problem& problem, double scale) {
  return {problem, {InitialDistribution::Family::normal, scale}, {InitialDistribution::Family::normal, scale}, 7};
}

/// States of the trials from 100 on, and one thread body after the other.
template <class Number>
struct States {
  States(const CellParameters& source, std::size_t networks)
      : problem(source.problem), count(networks), numbers(network_columns * networks) {
    for (std::size_t i = 0; i < count; ++i) {
      view().store(narrow<Number>(trial_start<NetworkOnLine>(source, 100 + i).network), 0, i);
    }
  }
  DeviceColumns<Number> view() { return {numbers.data(), count}; }
  Network<Number> network(std::size_t i) { return view().template load<Network<Number>>(0, i); }

  /// The kernels for decoupled data, with so many points in one thread, in warps of one lane or in others.
  template <int InFlight, class AllOfWarp = LoneLane>
  void advance_points(std::int64_t steps, const AllOfWarp& all_of_warp = {}) {
    const PointColumns<Number> points = points_of(view(), count, problem);
    std::vector<std::uint32_t> settled, moving;
    for (std::size_t p = 0; p < 2 * count; ++p) {
      const PointKind kind = kind_of(points.rate(p), PointState<Number>{points.correct(p), points.wrong(p)});
      if (kind == PointKind::settled) settled.push_back(static_cast<std::uint32_t>(p));
      if (kind == PointKind::moving) moving.push_back(static_cast<std::uint32_t>(p));
    }
    settled_seen += settled.size();
    moving_seen += moving.size();
    const std::size_t settled_threads = (settled.size() + InFlight - 1) / InFlight;
    for (std::size_t thread = 0; thread < settled_threads; ++thread) {
      advance_settled_points<InFlight>(points, settled.data(), settled.size(), thread, settled_threads, steps);
    }
    const std::size_t moving_threads = (moving.size() + InFlight - 1) / InFlight;
    for (std::size_t thread = 0; thread < moving_threads; ++thread) {
      advance_moving_points<InFlight>(points, moving.data(), moving.size(), thread, moving_threads, steps, all_of_warp);
    }
  }

  Problem problem;
  std::size_t count;
  std::vector<Number> numbers;
  /// Without them one of the kernels was not met.
  std::size_t settled_seen = 0, moving_seen = 0;
};

template <class Number>
void expect_stepped(States<Number>& batch, const CellParameters& source, std::int64_t steps) {
  for (std::size_t i = 0; i < batch.count; ++i) {
    auto expected = narrow<Number>(trial_start<NetworkOnLine>(source, 100 + i).network);
    for (std::int64_t step = 0; step < steps; ++step) expected = gradient_step(source.problem, expected);
    ASSERT_TRUE(testing::same_bits(batch.network(i), expected)) << "network " << i << " after " << steps << " steps";
  }
}

template <class Number, int InFlight>
void compare_points(const Problem& problem, double scale, std::size_t count) {
  const CellParameters source = source_of(problem, scale);
  States<Number> batch(source, count);
  batch.template advance_points<InFlight>(3);
  batch.template advance_points<InFlight>(40);
  batch.template advance_points<InFlight>(400);
  expect_stepped(batch, source, 443);
  // Or else one of the kernels was not met.
  if (count > 100 && scale < 10.0 && problem.rate_positive <= largest_settled_rate<Number>) {
    EXPECT_GT(batch.settled_seen, 0U);
    EXPECT_GT(batch.moving_seen, 0U);
  }
}

template <class Number>
class AdvanceBody : public ::testing::Test {};
using Numbers = ::testing::Types<double, Pair<float>>;
TYPED_TEST_SUITE(AdvanceBody, Numbers);

TYPED_TEST(AdvanceBody, PointsOverListsGiveTheBitsOfPlainSteps) {
  for (const std::size_t count : {std::size_t{1}, std::size_t{31}, std::size_t{33}, std::size_t{501}}) {
    compare_points<TypeParam, 1>(make_problem(1.0, -1.0, 0.1), 1.4, count);
    compare_points<TypeParam, 2>(make_problem(1.0, -1.0, 0.1), 1.4, count);
    compare_points<TypeParam, 4>(make_problem(1.0, -1.0, 0.1), 1.4, count);
  }
}

TYPED_TEST(AdvanceBody, UnequalRatesHugeStepsAndHugeWeightsToo) {
  compare_points<TypeParam, 2>(make_problem(2.0, -0.5, 0.3), 1.4, 501);
  compare_points<TypeParam, 4>(make_problem(-0.5, 2.0, 90.0), 1.4, 501);
  compare_points<TypeParam, 2>(make_problem(1.0, -1.0, 1e9), 1.4, 501);
  compare_points<TypeParam, 2>(make_problem(1.0, -1.0, 0.1), 30.0, 501);
  compare_points<TypeParam, 2>(make_problem(1.0, -1.0, 0.1), 300.0, 501);
  compare_points<TypeParam, 2>(make_problem(1.0, -1.0, 0.1), 1e36, 501);
}

TEST(AdvanceBody, WeightsBeyondTheRangeOfFloatToo) {
  compare_points<double, 2>(make_problem(1.0, -1.0, 0.1), 1e200, 501);
}

/// Counts how often a warp heard that all its lanes are at rest, and tells so or, as if one lane moved on, does not.
struct CountingWarp {
  bool tell;
  int* at_rest;

  bool operator()(bool holds) const {
    *at_rest += holds ? 1 : 0;
    return holds && tell;
  }
};

TYPED_TEST(AdvanceBody, PointsThatSettleOnTheWayGiveTheBitsOfPlainSteps) {
  for (const bool tell : {true, false}) {
    const CellParameters source = source_of(make_problem(2.0, -0.5, 0.3), 1.4);
    States<TypeParam> batch(source, 501);
    int at_rest = 0;
    batch.template advance_points<2>(443, CountingWarp{tell, &at_rest});
    expect_stepped(batch, source, 443);
    EXPECT_GT(at_rest, 100);
  }
}

TYPED_TEST(AdvanceBody, CoupledNetworksGiveTheBitsOfPlainSteps) {
  for (const Problem& problem :
       {make_problem(1.5, -1.5, 0.1), make_problem(1.5, -0.4, 0.1), make_problem(3.0, 1.0, 0.2)}) {
    for (const bool tell : {true, false}) {
      const CellParameters coupled = source_of(problem, 1.4);
      States<TypeParam> batch(coupled, 301);
      int at_rest = 0;
      for (std::size_t i = 0; i < batch.count; ++i) {
        const auto advanced =
            advance_coupled_network(Rates<TypeParam>(problem), batch.network(i), 443, CountingWarp{tell, &at_rest});
        batch.view().store(advanced, 0, i);
      }
      expect_stepped(batch, coupled, 443);
      EXPECT_GT(at_rest, 10);
    }
  }
}

/// The settled ones among random points.
template <class Number>
int compare_settled_steps(double least_exponent, double most_exponent) {
  testing::RandomSource random(11);
  int settled = 0;
  for (int k = 0; k < 200'000; ++k) {
    const Number rate(random.log_uniform(least_exponent / 2.0, 7.0));
    const PointState<Number> point = {
        Number(random.log_uniform(least_exponent, most_exponent)),
        Number(k % 4 == 0 ? (k % 8 == 0 ? 0.0 : -0.0) : -random.log_uniform(least_exponent, most_exponent))};
    if (!is_settled(rate, point)) continue;
    ++settled;
    const PointState<Number> next = gradient_step(rate, point);
    EXPECT_TRUE(testing::same_bits(settled_step(rate, point.correct), next.correct)) << widen(point.correct);
    EXPECT_TRUE(testing::same_bits(next.wrong, point.wrong)) << widen(point.wrong);
    EXPECT_TRUE(is_settled(rate, next)) << widen(rate) << ' ' << widen(point.correct);
    if (::testing::Test::HasFailure()) break;
  }
  return settled;
}

TEST(SettledStep, IsTheGradientStepOfEverySettledPoint) {
  EXPECT_GT(compare_settled_steps<double>(-1070.0, 10.0), 100'000);
  // Low parts that are subnormal floats would be told from +0 by their sign alone.
  EXPECT_GT(compare_settled_steps<Pair<float>>(-90.0, 6.5), 100'000);
}

TEST(SettledStep, LimitsHold) {
  EXPECT_TRUE(is_settled(100.0, PointState<double>{500.0, 0.0}));
  EXPECT_FALSE(is_settled(100.1, PointState<double>{1.0, 0.0}));
  EXPECT_FALSE(is_settled(1.0, PointState<double>{500.1, 0.0}));
  EXPECT_FALSE(is_settled(1.0, PointState<double>{1.0, 1e-300}));
  EXPECT_FALSE(is_settled(1.0, PointState<double>{0.0, -1.0}));
  EXPECT_FALSE(is_settled(1.0, PointState<double>{std::nan(""), -1.0}));
  const auto pair_settled = [](double rate, double correct, double wrong) {
    return is_settled(Pair<float>(rate), {Pair<float>(correct), Pair<float>(wrong)});
  };
  EXPECT_TRUE(pair_settled(50.0, 60.0, 0.0));
  EXPECT_FALSE(pair_settled(50.1, 1.0, 0.0));
  EXPECT_FALSE(pair_settled(1.0, 60.1, 0.0));
  EXPECT_FALSE(pair_settled(1.0, 1.0, 1e-30));
  EXPECT_FALSE(pair_settled(1.0, 0.0, -1.0));
  EXPECT_FALSE(pair_settled(1.0, std::nan(""), -1.0));
  // The highest that one step from below can reach.
  const double highest = settled_step(100.0, 5e-324);
  EXPECT_LE(highest, 101.0);
  EXPECT_EQ(settled_step(100.0, 350.0), 350.0);
  EXPECT_LE(widen(settled_step(Pair<float>(50.0), Pair<float>(1e-40))), 51.0);
  EXPECT_LT(settled_step(Pair<float>(50.0), Pair<float>(40.0)).low, 1e-15F);
}

TEST(ModerateExponential, HasTheBitsOfTheGeneralOne) {
  testing::RandomSource random(12);
  for (int k = 0; k < 500'000; ++k) {
    const double x = k % 2 == 0 ? random.uniform(-700.0, 700.0) : random.sign() * random.log_uniform(-1074.0, 9.4);
    ASSERT_TRUE(testing::same_bits(exponential_of_moderate(x), exponential(x))) << x;
    const Pair<float> pair(random.uniform(-86.0, 86.0));
    ASSERT_EQ(exponential_of_moderate(pair), exponential(pair)) << pair.high << " + " << pair.low;
  }
}

}  // namespace
}  // namespace logmargin::advance_body_test
