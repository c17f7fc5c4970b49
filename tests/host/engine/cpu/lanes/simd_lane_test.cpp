#include <gtest/gtest.h>

#include <limits>

#include "host/engine/cpu/batch.hpp"
#include "host/engine/cpu/lanes/simd_dispatch.hpp"
#include "tests/host/engine/cpu/lanes/lane_functions.hpp"
#include "tests/support/random_source.hpp"
#include "tests/support/value_ranges.hpp"

namespace logmargin::simd_lane_test {
namespace {

using testing::RandomSource;

testing::LaneFunctions lane_functions(std::string_view name) {
#if defined(__x86_64__)
  if (name == "avx2") return testing::avx2_lane_functions();
  if (name == "avx512") return testing::avx512_lane_functions();
#elif defined(__aarch64__)
  if (name == "neon") return testing::neon_lane_functions();
#endif
  if (name != "scalar") throw std::runtime_error("no test of the lanes " + std::string(name));
  return testing::scalar_lane_functions();
}

std::vector<double> special_values() {
  using Limits = std::numeric_limits<double>;
  std::vector<double> values = {0.0, -0.0, Limits::quiet_NaN(), Limits::infinity(), -Limits::infinity(), 1.0, -1.0};
  for (const double value : {Limits::denorm_min(), Limits::min(), Limits::max(), 2.0, 3.0, 709.78, 745.13, 746.0}) {
    values.push_back(value);
    values.push_back(-value);
  }
  return values;
}

/// Operands of a lane operation: every triple of special values, then random ones.
struct Operands {
  AlignedColumns columns{4, size};
  static constexpr std::size_t size = 327'680;

  explicit Operands(std::uint64_t seed) {
    RandomSource random(seed);
    const std::vector<double> special = special_values();
    const std::vector<double> spread = testing::values_of_all_sizes(seed + 1);
    const std::size_t kinds = special.size();
    for (std::size_t i = 0; i < size; ++i) {
      std::size_t rest = i;
      for (int c = 0; c < 3; ++c) {
        double value = special[rest % kinds];
        if (i >= kinds * kinds * kinds) value = random_value(random, spread);
        columns.view().column(c)[i] = value;
        rest /= kinds;
      }
    }
  }

  static double random_value(RandomSource& random, const std::vector<double>& spread) {
    switch (random.below(4)) {
      case 0:
        return random.uniform(-746.0, 710.5);
      case 1:
        return random.uniform(-4.0, 4.0);
      case 2:
        return 1.0 + random.sign() * random.log_uniform(-52.0, -1.0);
      default:
        return spread[random.below(spread.size())];
    }
  }
};

TEST(SimdLane, EveryOperationHasTheBitsOfTheScalarLane) {
  Operands operands(20260380);
  AlignedColumns results(2, Operands::size);
  const ColumnsView in = operands.columns.view();
  const ColumnsView out = results.view();
  const testing::LaneFunctions scalar = lane_functions("scalar");
  for (const SimdDispatchTable& kernels : available_simd_dispatch_tables()) {
    const testing::LaneFunctions functions = lane_functions(kernels.name);
    for (std::size_t f = 0; f < testing::lane_function_count; ++f) {
      scalar.function[f].apply(in.column(0), in.column(1), in.column(2), out.column(0), Operands::size);
      functions.function[f].apply(in.column(0), in.column(1), in.column(2), out.column(1), Operands::size);
      for (std::size_t i = 0; i < Operands::size; ++i) {
        ASSERT_TRUE(testing::same_bits(out.column(0)[i], out.column(1)[i]))
            << kernels.name << ' ' << functions.function[f].name << '(' << in.column(0)[i] << ", " << in.column(1)[i]
            << ", " << in.column(2)[i] << "): " << out.column(1)[i] << ", not " << out.column(0)[i];
      }
    }
    std::cout << kernels.name << ": " << testing::lane_function_count << " operations, " << Operands::size
              << " operands each\n";
  }
}

TEST(SimdLane, ScalarFunctionsAreTheOnesThatWereAskedFor) {
  Operands operands(20260382);
  AlignedColumns results(1, Operands::size);
  const ColumnsView in = operands.columns.view();
  const testing::LaneFunctions scalar = lane_functions("scalar");
  double* const out = results.view().column(0);
  scalar.function[2].apply(in.column(0), in.column(1), in.column(2), out, Operands::size);
  EXPECT_EQ(scalar.function[2].name, "fma");
  for (std::size_t i = 0; i < Operands::size; ++i) {
    ASSERT_TRUE(testing::same_bits(out[i], std::fma(in.column(0)[i], in.column(1)[i], in.column(2)[i])));
  }
}

}  // namespace
}  // namespace logmargin::simd_lane_test
