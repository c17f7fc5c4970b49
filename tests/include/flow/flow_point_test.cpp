#include "logmargin/flow/flow_point.hpp"

#include <gtest/gtest.h>

#include "tests/support/flow_reference.hpp"
#include "tests/support/hostile_networks.hpp"

namespace logmargin::flow_point_test {
namespace {

using testing::hostile_number;
using testing::RandomSource;
using testing::same_bits;
using Point = PointState<double>;

TEST(FlowPoint, AgreesWithSixtyDigits) {
  int compared = 0;
  for (const testing::FlowReference& row : testing::flow_references()) {
    if (!row.problem.has_orthogonal_points()) continue;
    const auto at = row.problem.method.loss == Loss::logistic ? flow_point<LogisticLoss> : flow_point<ExponentialLoss>;
    const Point first = at(row.problem.rate_positive, {row.initial.z11, row.initial.z21}, row.t);
    const Point second = at(row.problem.rate_negative, {row.initial.z22, row.initial.z12}, row.t);
    // Closed forms: some units in the last place of numbers up to 20.
    constexpr double tolerance = 2e-14;
    EXPECT_NEAR(first.correct, static_cast<double>(row.z[0]), tolerance) << row.text;
    EXPECT_NEAR(second.wrong, static_cast<double>(row.z[1]), tolerance) << row.text;
    EXPECT_NEAR(first.wrong, static_cast<double>(row.z[2]), tolerance) << row.text;
    EXPECT_NEAR(second.correct, static_cast<double>(row.z[3]), tolerance) << row.text;
    ++compared;
  }
  EXPECT_GE(compared, 100);
}

template <class OfLoss>
class FlowPointOf : public ::testing::Test {};
using Losses = ::testing::Types<ExponentialLoss, LogisticLoss>;
TYPED_TEST_SUITE(FlowPointOf, Losses);

TYPED_TEST(FlowPointOf, WhatNothingMovesStaysToTheBit) {
  RandomSource random(20261125);
  for (int i = 0; i < 10000; ++i) {
    const Point start = {hostile_number(random), hostile_number(random)};
    const Point at_start = flow_point<TypeParam>(0.1, start, 0.0);
    EXPECT_TRUE(same_bits(at_start.correct, start.correct) && same_bits(at_start.wrong, start.wrong));
    const Point later = flow_point<TypeParam>(0.1, start, 1e300);
    if (!(start.wrong > 0.0)) {
      EXPECT_TRUE(same_bits(later.wrong, start.wrong)) << start.wrong;
    }
    if (!(start.correct > 0.0)) {
      EXPECT_TRUE(same_bits(later.correct, start.correct)) << start.correct;
    }
  }
}

TYPED_TEST(FlowPointOf, FiniteStartsEndFiniteAtAnyTime) {
  RandomSource random(20261126);
  int finite_starts = 0;
  for (int i = 0; i < 200'000; ++i) {
    const Point start = {hostile_number(random), hostile_number(random)};
    const double rate = random.below(2) == 0 ? 0.1 : random.log_uniform(-1022.0, 1022.0);
    const double t = random.below(4) == 0 ? 1e300 : random.log_uniform(0.0, 996.0);
    const Point end = flow_point<TypeParam>(rate, start, t);
    if (!std::isfinite(start.correct) || !std::isfinite(start.wrong)) {
      EXPECT_TRUE(same_bits(end.correct, start.correct) && same_bits(end.wrong, start.wrong));
      continue;
    }
    ++finite_starts;
    ASSERT_TRUE(std::isfinite(end.correct) && std::isfinite(end.wrong))
        << start.correct << " " << start.wrong << " rate " << rate << " t " << t;
    ASSERT_EQ(end.correct > 0.0, start.correct > 0.0);
    ASSERT_GE(end.correct, start.correct);
    ASSERT_LE(end.wrong, std::max(start.wrong, 0.0));
    if (start.wrong > 0.0) {
      ASSERT_GE(end.wrong, 0.0);
    }
  }
  EXPECT_GT(finite_starts, 100'000);
}

TYPED_TEST(FlowPointOf, EndsInTheLawOfEachRegime) {
  const double late = logarithm(0.1) + logarithm(1e300);
  // Specialised; shared, then specialised: half a unit in the last place of 690 and of its summands.
  EXPECT_NEAR(flow_point<TypeParam>(0.1, {1.0, -0.5}, 1e300).correct, late, 3e-13);
  const Point shared = flow_point<TypeParam>(0.1, {1.0, 2.0}, 1e300);
  EXPECT_NEAR(shared.correct, late, 3e-13);
  EXPECT_EQ(shared.wrong, 0.0);
  const Point reversed = flow_point<TypeParam>(0.1, {-0.25, 3.0}, 1e300);
  EXPECT_EQ(reversed.correct, -0.25);
  EXPECT_EQ(reversed.wrong, 0.0);
}

TYPED_TEST(FlowPointOf, ASharedPointConservesItsSumAndStopsAtExactlyZero) {
  double previous = 1.5;
  bool exited = false;
  for (double t = 0.5; t < 1e4; t *= 1.01) {
    const Point point = flow_point<TypeParam>(0.1, {0.75, 1.5}, t);
    EXPECT_LE(point.wrong, previous);
    previous = point.wrong;
    if (point.wrong > 0.0) {
      EXPECT_FALSE(exited);
      EXPECT_NEAR(point.correct + point.wrong, 2.25, 1e-15);
    } else {
      exited = true;
      EXPECT_EQ(point.wrong, 0.0);
      EXPECT_GE(point.correct, 2.25);
    }
  }
  EXPECT_TRUE(exited);
}

}  // namespace
}  // namespace logmargin::flow_point_test
