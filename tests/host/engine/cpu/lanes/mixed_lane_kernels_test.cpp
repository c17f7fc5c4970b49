#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "host/engine/cpu/batch.hpp"
#include "logmargin/model/gradient_step.hpp"
#include "tests/support/random_source.hpp"

namespace logmargin::mixed_lane_kernels_test {
namespace {

using testing::RandomSource;
using Mixed = Network<Pair<float>>;
using PairColumns = AlignedColumnsOf<Pair<float>>;

constexpr std::size_t networks = 96;

class MixedLaneKernelsTest : public ::testing::TestWithParam<SimdDispatchTable> {};

/// Every activation pattern, sizes from subnormal floats to such as overflow at once, and dead ones.
std::vector<Mixed> network_crowd(std::uint64_t seed) {
  RandomSource random(seed);
  const auto value = [&] {
    switch (random.below(6)) {
      case 0:
        return random.sign() * random.log_uniform(-140.0, 7.0);
      case 1:
        return 60.0 * random.normal();
      default:
        return 2.0 * random.normal();
    }
  };
  std::vector<Mixed> crowd;
  for (std::size_t i = 0; i < networks; ++i) {
    crowd.push_back(narrow<Pair<float>>({value(), value(), value(), value()}));
  }
  return crowd;
}

PairColumns columns_of(const std::vector<Mixed>& crowd) {
  PairColumns columns(network_columns, crowd.size());
  for (std::size_t i = 0; i < crowd.size(); ++i) {
    int c = 0;
    for (const Pair<float>& z : {crowd[i].z11, crowd[i].z12, crowd[i].z21, crowd[i].z22}) {
      columns.view().column(c++)[i] = z;
    }
  }
  return columns;
}

/// Equal in every bit, or NaN alike: what an overflow leaves has bits that IEEE 754 does not fix.
bool same_float(float a, float b) {
  return (std::isnan(a) && std::isnan(b)) || lane<float>::to_bits(a) == lane<float>::to_bits(b);
}

::testing::AssertionResult same_pair(const Pair<float>& a, const Pair<float>& b) {
  if (same_float(a.high, b.high) && same_float(a.low, b.low)) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << a.high << " + " << a.low << ", not " << b.high << " + " << b.low;
}

TEST_P(MixedLaneKernelsTest, SettledStepsHaveTheBitsOfTheOthers) {
  RandomSource random(20261205);
  constexpr double rate = 0.7;
  PairColumns columns(3, networks);
  Pair<float>* const settled = columns.column(0);
  Pair<float>* const correct = columns.column(1);
  Pair<float>* const wrong = columns.column(2);
  for (std::size_t i = 0; i < networks; ++i) {
    settled[i] = correct[i] = Pair<float>(random.uniform(1e-3, 50.0));
    wrong[i] = Pair<float>(-random.uniform(0.0, 2.0));
    ASSERT_TRUE(is_settled(Pair<float>(rate), PointState<Pair<float>>{correct[i], wrong[i]}));
  }
  GetParam().settled.pair_points(rate, settled, networks, 300);
  GetParam().advance_pair_points(rate, correct, wrong, networks, 300);
  for (std::size_t i = 0; i < networks; ++i) EXPECT_TRUE(same_pair(settled[i], correct[i])) << i;
}

TEST_P(MixedLaneKernelsTest, SettledNetworksHaveTheBitsOfTheOthers) {
  RandomSource random(20261207);
  const Problem problem = make_problem(2.0, -1.0, 0.3);
  std::vector<Mixed> crowd;
  for (std::size_t i = 0; i < networks; ++i) {
    const auto correct = [&] { return random.uniform(1e-3, 50.0); };
    const auto wrong = [&] { return -random.uniform(0.0, 2.0); };
    crowd.push_back(narrow<Pair<float>>({correct(), wrong(), wrong(), correct()}));
    ASSERT_TRUE(is_settled(Rates<Pair<float>>(problem), crowd.back()));
  }
  PairColumns settled = columns_of(crowd);
  PairColumns stepped = columns_of(crowd);
  GetParam().settled.pair_networks(problem, settled.view(), networks, 300);
  GetParam().advance_pair_networks(problem, stepped.view(), networks, 300);
  for (int c = 0; c < network_columns; ++c) {
    for (std::size_t i = 0; i < networks; ++i) EXPECT_TRUE(same_pair(settled.column(c)[i], stepped.column(c)[i])) << i;
  }
}

TEST_P(MixedLaneKernelsTest, StepsHaveTheBitsOfTheFormula) {
  int finite = 0;
  for (const auto& [x1, x2] : {std::pair{1.0, -1.0}, std::pair{1.5, -0.4}, std::pair{0.8, 0.1}}) {
    const Problem problem = make_problem(x1, x2, 0.3);
    for (const std::int64_t steps : {1, 2, 37, 1000}) {
      std::vector<Mixed> crowd = network_crowd(20260921 + static_cast<std::uint64_t>(steps));
      PairColumns columns = columns_of(crowd);
      const PairColumnsView z = columns.view();
      if (problem.has_orthogonal_points()) {
        GetParam().advance_pair_points(problem.rate_positive, z.column(0), z.column(2), networks, steps);
        GetParam().advance_pair_points(problem.rate_negative, z.column(3), z.column(1), networks, steps);
      } else {
        GetParam().advance_pair_networks(problem, z, networks, steps);
      }
      for (std::size_t i = 0; i < networks; ++i) {
        Mixed& alone = crowd[i];
        for (std::int64_t step = 0; step < steps; ++step) alone = gradient_step(problem, alone);
        ASSERT_TRUE(same_pair(z.column(0)[i], alone.z11)) << "network " << i << ", " << steps << " steps";
        ASSERT_TRUE(same_pair(z.column(1)[i], alone.z12)) << "network " << i << ", " << steps << " steps";
        ASSERT_TRUE(same_pair(z.column(2)[i], alone.z21)) << "network " << i << ", " << steps << " steps";
        ASSERT_TRUE(same_pair(z.column(3)[i], alone.z22)) << "network " << i << ", " << steps << " steps";
        finite += std::isfinite(alone.z11.low) ? 1 : 0;
      }
    }
  }
  EXPECT_GT(finite, 600) << "too few networks are finite: the test compares NaN with NaN";
}

TEST_P(MixedLaneKernelsTest, WhereARunIsCutLeavesNoTrace) {
  const Problem problem = make_problem(1.0, -1.0, 0.3);
  PairColumns whole = columns_of(network_crowd(20260922));
  PairColumns pieces = columns_of(network_crowd(20260922));
  const PairColumnsView a = whole.view();
  const PairColumnsView b = pieces.view();
  GetParam().advance_pair_points(problem.rate_positive, a.column(0), a.column(2), networks, 400);
  for (const std::int64_t piece : {1, 99, 0, 300}) {
    GetParam().advance_pair_points(problem.rate_positive, b.column(0), b.column(2), networks, piece);
  }
  for (std::size_t i = 0; i < networks; ++i) {
    ASSERT_TRUE(same_pair(b.column(0)[i], a.column(0)[i])) << i;
    ASSERT_TRUE(same_pair(b.column(2)[i], a.column(2)[i])) << i;
  }
}

INSTANTIATE_TEST_SUITE_P(InstructionSets, MixedLaneKernelsTest, ::testing::ValuesIn(available_simd_dispatch_tables()),
                         [](const auto& kernels) { return std::string(kernels.param.name); });

}  // namespace
}  // namespace logmargin::mixed_lane_kernels_test
