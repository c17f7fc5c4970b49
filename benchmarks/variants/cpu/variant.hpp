#pragma once

#include <cstdint>

#include "host/engine/lane_loops.hpp"
#include "host/engine/settled_loops.hpp"
#include "host/engine/simd_lane.hpp"

namespace logmargin::variants {

using Vector = std::experimental::native_simd<double>;

/// One way of stepping the points of decoupled data, their states in columns; compiled by itself, so that each has the
/// flags it is about. Precondition: count is a multiple of lane_block.
using AdvancePoints = void (*)(double rate, double* correct, double* wrong, std::size_t count, std::int64_t steps);

}  // namespace logmargin::variants

extern "C" logmargin::variants::AdvancePoints advance_points_variant();
