#pragma once

#include <cstddef>
#include <string_view>

namespace logmargin::testing {

/// A lane operation of up to three operands, element by element. Counts are multiples of 32, arrays 64-byte aligned.
using LaneFunction = void (*)(const double* a, const double* b, const double* c, double* result, std::size_t count);

struct NamedLaneFunction {
  std::string_view name;
  LaneFunction apply;
};

inline constexpr std::size_t lane_function_count = 13;

/// Everything the formulas ask of a lane, compiled for one instruction set. Call only where the processor has it.
struct LaneFunctions {
  NamedLaneFunction function[lane_function_count];
};

LaneFunctions scalar_lane_functions();
LaneFunctions avx2_lane_functions();
LaneFunctions avx512_lane_functions();
LaneFunctions neon_lane_functions();

}  // namespace logmargin::testing
