#include "kernels/device/advance_body.hpp"

#include <gtest/gtest.h>

#include "kernels/device/initialise_body.hpp"
#include "tests/support/plain_descent.hpp"
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
      : problem(source.problem), count(networks), numbers(carried_columns * networks) {
    for (std::size_t i = 0; i < count; ++i) {
      view().store(narrow<Number>(trial_start<NetworkOnLine>(source, 100 + i).network), 0, i);
    }
  }
  DeviceColumns<Number> view() { return {numbers.data(), count}; }
  Network<Number> network(std::size_t i) { return view().template load<Network<Number>>(0, i); }

  /// The kernels for decoupled data, with so many points in one thread.
  template <std::size_t in_flight>
  void advance_points(std::int64_t steps) {
    const PointColumns<Number> points = points_of(view(), count, problem);
    std::vector<std::uint32_t> listed[2];
    for (std::size_t p = 0; p < 2 * count; ++p) {
      const PointKind kind = kind_of(PointState<Number>{points.correct(p), points.wrong(p)});
      if (kind != PointKind::dead)
        listed[kind == PointKind::right_only ? 0 : 1].push_back(static_cast<std::uint32_t>(p));
    }
    for (const std::vector<std::uint32_t>& list : listed) {
      const std::size_t threads = (list.size() + in_flight - 1) / in_flight;
      for (std::size_t thread = 0; thread < threads; ++thread) {
        advance_points_of_thread<in_flight>(points, list.data(), list.size(), thread, threads, t, steps);
      }
    }
    right_only += listed[0].size();
    wrong_too += listed[1].size();
    t += steps;
  }

  Problem problem;
  std::size_t count;
  std::vector<Number> numbers;
  std::int64_t t = 0;
  /// Without them one of the lists was not met.
  std::size_t right_only = 0, wrong_too = 0;
};

template <class Number>
void expect_stepped(States<Number>& batch, const CellParameters& source, std::int64_t steps) {
  for (std::size_t i = 0; i < batch.count; ++i) {
    const auto expected = testing::plain_steps(
        source.problem, narrow<Number>(trial_start<NetworkOnLine>(source, 100 + i).network), steps);
    ASSERT_TRUE(testing::same_bits(batch.network(i), expected)) << "network " << i << " after " << steps << " steps";
  }
}

template <class Number, std::size_t in_flight>
void compare_points(const Problem& problem, double scale, std::size_t count) {
  const CellParameters source = source_of(problem, scale);
  States<Number> batch(source, count);
  batch.template advance_points<in_flight>(3);
  batch.template advance_points<in_flight>(40);
  batch.template advance_points<in_flight>(400);
  // Pairs step by rises from t = 2048 on.
  batch.template advance_points<in_flight>(1700);
  expect_stepped(batch, source, 2143);
  // Or else one of the lists was not met.
  if (count > 100 && scale < 10.0 && problem.rate_positive <= 100.0) {
    EXPECT_GT(batch.right_only, 0U);
    EXPECT_GT(batch.wrong_too, 0U);
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

TYPED_TEST(AdvanceBody, CoupledNetworksGiveTheBitsOfPlainSteps) {
  for (const Problem& problem :
       {make_problem(1.5, -1.5, 0.1), make_problem(1.5, -0.4, 0.1), make_problem(3.0, 1.0, 0.2)}) {
    const CellParameters coupled = source_of(problem, 1.4);
    States<TypeParam> batch(coupled, 301);
    for (std::size_t i = 0; i < batch.count; ++i) {
      auto network = batch.view().template load<CarriedNetwork<TypeParam>>(0, i);
      descend<true>(Rates<TypeParam>(problem), network, 0, 443);
      descend<true>(Rates<TypeParam>(problem), network, 443, 1700);
      batch.view().store(network, 0, i);
    }
    expect_stepped(batch, coupled, 2143);
  }
}

}  // namespace
}  // namespace logmargin::advance_body_test
