#pragma once

#include <cstdint>

#include "host/engine/cpu/lanes/lane_loops.hpp"
#include "host/engine/cpu/lanes/settled_loops.hpp"
#include "host/engine/cpu/lanes/simd_lane.hpp"

namespace logmargin::variants {

using Vector = std::experimental::native_simd<double>;

/// One way of stepping the points of decoupled data, their states in columns; compiled by itself, so that each has the
/// flags it is about. Precondition: count is a multiple of lane_block.
using AdvancePoints = void (*)(double rate, double* correct, double* wrong, std::size_t count, std::int64_t steps);

/// By gradient_step alone, so many vectors in flight: what the program did with points that had not settled.
template <std::size_t InFlight>
void advance_by_gradient_steps(double rate, double* correct, double* wrong, std::size_t count, std::int64_t steps) {
  using memory = lane_memory<Vector>;
  const Vector kappa(rate);
  for (std::size_t first = 0; first < count; first += memory::width * InFlight) {
    PointState<Vector> points[InFlight];
    for (std::size_t k = 0; k < InFlight; ++k) {
      const std::size_t at = first + k * memory::width;
      points[k] = {memory::load(correct + at), memory::load(wrong + at)};
    }
    for (std::int64_t step = 0; step < steps; ++step) {
#pragma GCC unroll 8
      for (std::size_t k = 0; k < InFlight; ++k) points[k] = gradient_step(kappa, points[k]);
    }
    for (std::size_t k = 0; k < InFlight; ++k) {
      const std::size_t at = first + k * memory::width;
      memory::store(points[k].correct, correct + at);
      memory::store(points[k].wrong, wrong + at);
    }
  }
}

}  // namespace logmargin::variants

extern "C" logmargin::variants::AdvancePoints advance_points_variant();
