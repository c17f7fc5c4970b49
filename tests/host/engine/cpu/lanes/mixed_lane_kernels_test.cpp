#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "host/engine/cpu/batch.hpp"
#include "tests/support/plain_descent.hpp"
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
  PairColumns columns(carried_columns, crowd.size());
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

void advance(const SimdDispatchTable& kernels, const Problem& problem, std::int64_t t, std::int64_t steps,
             PairColumns& columns) {
  const ColumnsOf<Pair<float>> z = columns.view();
  if (problem.has_orthogonal_points()) {
    kernels.pair_descent.points(problem.rate_positive, t, steps, {z.column(0), z.column(2), z.column(4)}, networks);
    kernels.pair_descent.points(problem.rate_negative, t, steps, {z.column(3), z.column(1), z.column(5)}, networks);
  } else {
    kernels.pair_descent.networks(problem, t, steps, z, networks);
  }
}

/// From t = 0, and from where most have climbed and step by rises.
TEST_P(MixedLaneKernelsTest, StepsHaveTheBitsOfTheirDefinition) {
  int finite = 0;
  for (const auto& [x1, x2] : {std::pair{1.0, -1.0}, std::pair{1.5, -0.4}, std::pair{1.5, -1.5}, std::pair{0.8, 0.1}}) {
    const Problem problem = make_problem(x1, x2, 0.3);
    for (const std::int64_t from : {0, 2016, 65504}) {
      for (const std::int64_t steps : {1, 2, 37, 1000}) {
        std::vector<Mixed> crowd = network_crowd(20260921 + static_cast<std::uint64_t>(steps));
        if (from > 0) {
          RandomSource random(20261205);
          for (std::size_t i = 0; i < networks; ++i) {
            if (i % 7 == 0) continue;
            const double climbed =
                std::log1p(problem.rate_positive * static_cast<double>(from)) + random.uniform(0.0, 2.0);
            const double wrong = i % 5 == 0 ? random.uniform(0.0, 2.0) : -random.uniform(0.0, 2.0);
            crowd[i] = narrow<Pair<float>>({climbed, wrong, -0.5, climbed});
          }
        }
        PairColumns columns = columns_of(crowd);
        const ColumnsOf<Pair<float>> z = columns.view();
        advance(GetParam(), problem, from, steps, columns);
        for (std::size_t i = 0; i < networks; ++i) {
          testing::PlainDescent<Pair<float>> plain(problem, crowd[i], from);
          plain.step_to(from + steps);
          const Mixed& alone = plain.network();
          ASSERT_TRUE(same_pair(z.column(0)[i], alone.z11)) << "network " << i << ", " << from << " + " << steps;
          ASSERT_TRUE(same_pair(z.column(1)[i], alone.z12)) << "network " << i << ", " << from << " + " << steps;
          ASSERT_TRUE(same_pair(z.column(2)[i], alone.z21)) << "network " << i << ", " << from << " + " << steps;
          ASSERT_TRUE(same_pair(z.column(3)[i], alone.z22)) << "network " << i << ", " << from << " + " << steps;
          finite += std::isfinite(alone.z11.low) ? 1 : 0;
        }
      }
    }
  }
  EXPECT_GT(finite, 2400) << "too few networks are finite: the test compares NaN with NaN";
}

TEST_P(MixedLaneKernelsTest, WhereARunIsCutLeavesNoTrace) {
  const Problem problem = make_problem(1.0, -1.0, 0.3);
  PairColumns whole = columns_of(network_crowd(20260922));
  PairColumns pieces = columns_of(network_crowd(20260922));
  advance(GetParam(), problem, 0, 4000, whole);
  std::int64_t t = 0;
  for (const std::int64_t piece : {1, 99, 0, 2300, 7, 1593}) {
    advance(GetParam(), problem, t, piece, pieces);
    t += piece;
  }
  for (int c = 0; c < network_columns; ++c) {
    for (std::size_t i = 0; i < networks; ++i) ASSERT_TRUE(same_pair(pieces.column(c)[i], whole.column(c)[i])) << i;
  }
}

INSTANTIATE_TEST_SUITE_P(InstructionSets, MixedLaneKernelsTest, ::testing::ValuesIn(available_simd_dispatch_tables()),
                         [](const auto& kernels) { return std::string(kernels.param.name); });

}  // namespace
}  // namespace logmargin::mixed_lane_kernels_test
