#pragma once

#include <cstdint>

#include "host/engine/cpu/lanes/descent_loops.hpp"
#include "host/engine/cpu/lanes/simd_lane.hpp"

namespace logmargin::variants {

using Vector = std::experimental::native_simd<double>;
using Memory = lane_memory<Vector>;

/// One way of stepping the points of decoupled data from t on; compiled by itself, so that each has the flags it is
/// about. Preconditions: count is a multiple of lane_block, t of round_steps.
using AdvancePoints = void (*)(double rate, std::int64_t t, std::int64_t steps, const PointColumnsOf<double>& points,
                               std::size_t count);

/// With so many vectors in flight; step(kappa, point) returns a point after its step.
template <std::size_t in_flight, class Step>
void advance_by(const Step& step, double rate, std::int64_t steps, const PointColumnsOf<double>& columns,
                std::size_t count) {
  const Vector kappa(rate);
  for (std::size_t first = 0; first < count; first += Memory::width * in_flight) {
    PointState<Vector> points[in_flight];
    for (std::size_t k = 0; k < in_flight; ++k) {
      const std::size_t at = first + k * Memory::width;
      points[k] = {Memory::load(columns.correct + at), Memory::load(columns.wrong + at)};
    }
    for (std::int64_t done = 0; done < steps; ++done) {
      LOGMARGIN_UNROLLED
      for (PointState<Vector>& point : points) point = step(kappa, point);
    }
    for (std::size_t k = 0; k < in_flight; ++k) {
      const std::size_t at = first + k * Memory::width;
      Memory::store(points[k].correct, columns.correct + at);
      Memory::store(points[k].wrong, columns.wrong + at);
    }
  }
}

/// By gradient_step alone.
template <std::size_t in_flight>
void advance_by_gradient_steps(double rate, std::int64_t, std::int64_t steps, const PointColumnsOf<double>& columns,
                               std::size_t count) {
  const auto step = [](const Vector& kappa, const PointState<Vector>& point) __attribute__((always_inline)) {
    return gradient_step(kappa, point);
  };
  advance_by<in_flight>(step, rate, steps, columns, count);
}

/// The correct pre-activations alone, of points where the right neuron fires alone. step(kappa, correct) takes so many
/// steps of all vectors in flight.
template <std::size_t in_flight, std::int64_t at_once, class Step>
void advance_right_neurons(double rate, std::int64_t steps, const PointColumnsOf<double>& columns, std::size_t count,
                           const Step& step) {
  const Vector kappa(rate);
  for (std::size_t first = 0; first < count; first += Memory::width * in_flight) {
    Vector correct[in_flight];
    for (std::size_t k = 0; k < in_flight; ++k) correct[k] = Memory::load(columns.correct + first + k * Memory::width);
    for (std::int64_t left = steps; left > 0; left -= at_once) step(kappa, correct);
    for (std::size_t k = 0; k < in_flight; ++k) Memory::store(correct[k], columns.correct + first + k * Memory::width);
  }
}

}  // namespace logmargin::variants

extern "C" logmargin::variants::AdvancePoints advance_points_variant();
