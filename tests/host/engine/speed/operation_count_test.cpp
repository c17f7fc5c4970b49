#include "host/engine/speed/operation_count.hpp"

#include <gtest/gtest.h>

namespace logmargin::operation_count_test {
namespace {

TEST(CountingLane, CountsEachOperationOnce) {
  OperationCount count;
  const CountingLane x(2.0, &count);
  const CountingLane constant(3.0);
  EXPECT_EQ((x * constant).value, 6.0);
  EXPECT_EQ((constant + x).value, 5.0);
  EXPECT_EQ((x - constant).value, -1.0);
  EXPECT_EQ(lane<CountingLane>::fma(constant, constant, x).value, 11.0);
  EXPECT_EQ(lane<CountingLane>::clamp(x, 3.0, 4.0).value, 3.0);
  EXPECT_FALSE(x > constant);
  EXPECT_EQ(count.multiplications, 1);
  EXPECT_EQ(count.additions, 2);
  EXPECT_EQ(count.fused_multiply_adds, 1);
  EXPECT_EQ(count.comparisons_and_limits, 3);
  EXPECT_EQ(count.on_fma_units(), 2);
}

TEST(CountingLane, ResultsGoOnCountingWhicheverOperandWasCounted) {
  OperationCount count;
  const CountingLane x(2.0, &count);
  const CountingLane constant(3.0);
  using L = lane<CountingLane>;
  for (const CountingLane& result : {L::fma(x, constant, constant), L::fma(constant, x, constant),
                                     L::fma(constant, constant, x), constant * x, constant + x, constant - x, -x}) {
    EXPECT_EQ(result.count, &count);
  }
}

TEST(CountingLane, OperationsOfConstantsAloneAreFree) {
  OperationCount count;
  const CountingLane x(2.0, &count);
  const CountingLane constant(3.0);
  EXPECT_EQ((constant * constant + constant).value, 12.0);
  EXPECT_EQ(count.on_fma_units() + count.additions, 0);
}

TEST(CountGradientStep, CouplingCostsFourMultiplyAddsMore) {
  const OperationCount alone = count_gradient_step(Precision::in_double, false);
  const OperationCount coupled = count_gradient_step(Precision::in_double, true);
  // Two exponentials, and one multiply-add for each pre-activation.
  EXPECT_GE(alone.fused_multiply_adds, 4 + 2 * 10);
  EXPECT_EQ(coupled.fused_multiply_adds, alone.fused_multiply_adds + 4);
  EXPECT_EQ(coupled.multiplications, alone.multiplications);
}

TEST(CountGradientStep, APairIsUpdatedBySevenAdditionsAProductAndAMultiplyAdd) {
  const OperationCount alone = count_gradient_step(Precision::mixed, false);
  const OperationCount coupled = count_gradient_step(Precision::mixed, true);
  // An update is a product, a multiply-add, a sum with the low part and a sum without error, of six additions.
  EXPECT_EQ(coupled.multiplications, alone.multiplications + 4);
  EXPECT_EQ(coupled.fused_multiply_adds, alone.fused_multiply_adds + 4);
  EXPECT_EQ(coupled.additions, alone.additions + 4 * 7);
}

TEST(CountSettledStep, IsTheStepWithoutComparisons) {
  for (const Precision precision : {Precision::in_double, Precision::mixed}) {
    const OperationCount alone = count_settled_step(precision, false);
    const OperationCount together = count_settled_step(precision, true);
    const bool mixed = precision == Precision::mixed;
    // Coupled, each exponential moves a second pre-activation.
    EXPECT_EQ(together.fused_multiply_adds, alone.fused_multiply_adds + 2);
    EXPECT_EQ(together.multiplications, alone.multiplications + (mixed ? 2 : 0));
    EXPECT_EQ(together.additions, alone.additions + (mixed ? 14 : 0));
    for (const bool coupled : {false, true}) {
      const OperationCount settled = coupled ? together : alone;
      EXPECT_EQ(settled.comparisons_and_limits, 0);
      // One exponential and half of the updates for each point, and no joining of scale factors.
      EXPECT_LT(settled.all(), count_gradient_step(precision, coupled).all());
      EXPECT_GT(settled.all(), 2 * count_gradient_step(precision, coupled).all() / 5);
    }
  }
}

TEST(CountSteadyStep, IsASettledStepThatMovesBothPreActivations) {
  const OperationCount settled = count_settled_step(Precision::in_double, false);
  const OperationCount steady = count_steady_step(Precision::in_double);
  EXPECT_EQ(steady.fused_multiply_adds, settled.fused_multiply_adds + 2);
  EXPECT_EQ(steady.multiplications, settled.multiplications);
  EXPECT_EQ(steady.comparisons_and_limits, 0);
  EXPECT_LT(steady.all(), count_gradient_step(Precision::in_double, false).all());
  EXPECT_LT(count_steady_step(Precision::mixed).all(), count_gradient_step(Precision::mixed, false).all());
}

}  // namespace
}  // namespace logmargin::operation_count_test
