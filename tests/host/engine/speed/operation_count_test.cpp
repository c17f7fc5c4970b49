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

TEST(CountStep, AtFirstHasAnExponentialForEachPoint) {
  const OperationCount alone = count_step(Precision::in_double, false, 0);
  const OperationCount coupled = count_step(Precision::in_double, true, 0);
  // One multiply-add for each pre-activation.
  EXPECT_GE(alone.fused_multiply_adds, 4 + 2 * 10);
  EXPECT_EQ(coupled.fused_multiply_adds, alone.fused_multiply_adds + 4);
  EXPECT_EQ(coupled.multiplications, alone.multiplications);
  // The update of a pair is a product, a multiply-add, a sum with the low part and a sum without error, of six
  // additions.
  const OperationCount pair = count_step(Precision::mixed, false, 0);
  const OperationCount coupled_pair = count_step(Precision::mixed, true, 0);
  EXPECT_EQ(coupled_pair.multiplications, pair.multiplications + 4);
  EXPECT_EQ(coupled_pair.fused_multiply_adds, pair.fused_multiply_adds + 4);
  EXPECT_EQ(coupled_pair.additions, pair.additions + 4 * 7);
}

/// Operations of a round beside those of its steps: the two rises are taken anew.
double at_the_beginning(double operations_a_step, double of_steps) { return 32.0 * (operations_a_step - of_steps); }

TEST(CountStep, LaterHasAShortPolynomialForEachPoint) {
  const auto exponential = count_step(Precision::in_double, false, 0);
  for (const auto& [t, terms] : {std::pair{64, 5}, {2048, 3}, {65536, 2}}) {
    const OperationCount alone = count_step(Precision::in_double, false, t);
    // A point's step adds, and its rise takes a product, a multiply-add and one for each term but one.
    EXPECT_GE(alone.additions, 2.0);
    EXPECT_LT(alone.additions, 2.5);
    const double renewal = at_the_beginning(alone.on_fma_units(), 2.0 * (terms + 1));
    EXPECT_GT(renewal, 0.8 * exponential.on_fma_units()) << t;
    EXPECT_LT(renewal, 1.2 * exponential.on_fma_units()) << t;
    const OperationCount coupled = count_step(Precision::in_double, true, t);
    // Each rise moves a second pre-activation.
    EXPECT_NEAR(coupled.fused_multiply_adds, alone.fused_multiply_adds + 2.0, 0.2);
  }
  EXPECT_LT(count_step(Precision::mixed, false, 2048).on_fma_units(),
            0.4 * count_step(Precision::mixed, false, 2016).on_fma_units());
}

}  // namespace
}  // namespace logmargin::operation_count_test
