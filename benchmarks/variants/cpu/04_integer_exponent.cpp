// 04: the exponent joined by one integer addition instead of two products. Weights below e^-708 are 0 instead of
// subnormal, which breaks the exponential's contract of 1 ulp for every x: not in the program.

#include <limits>

#include "benchmarks/variants/cpu/variant.hpp"

namespace logmargin::variants {

namespace {

template <class V>
[[gnu::always_inline]] inline V exponential_without_subnormals(V x) {
  const auto within = x >= V(-708.0);
  // Beyond e^709.78 the exponent's bits are those of a NaN, which becomes infinity.
  const V value = exponential_of_moderate(lane<V>::clamp(x, -708.0, 709.79));
  return zero_unless(within, smaller(V(std::numeric_limits<double>::infinity()), value));
}

void advance(double rate, double* correct, double* wrong, std::size_t count, std::int64_t steps) {
  using memory = lane_memory<Vector>;
  constexpr std::size_t in_flight = 8;
  const Vector kappa(rate);
  for (std::size_t first = 0; first < count; first += memory::width * in_flight) {
    PointState<Vector> points[in_flight];
    for (std::size_t k = 0; k < in_flight; ++k) {
      const std::size_t at = first + k * memory::width;
      points[k] = {memory::load(correct + at), memory::load(wrong + at)};
    }
    for (std::int64_t step = 0; step < steps; ++step) {
#pragma GCC unroll 8
      for (PointState<Vector>& point : points) {
        const Vector rho = exponential_without_subnormals(relu(point.wrong) - relu(point.correct));
        const auto correct_fires = positive(point.correct);
        const auto wrong_fires = positive(point.wrong);
        point = {lane<Vector>::fma(kappa, zero_unless(correct_fires, rho), point.correct),
                 lane<Vector>::fma(-kappa, zero_unless(wrong_fires, rho), point.wrong)};
      }
    }
    for (std::size_t k = 0; k < in_flight; ++k) {
      const std::size_t at = first + k * memory::width;
      memory::store(points[k].correct, correct + at);
      memory::store(points[k].wrong, wrong + at);
    }
  }
}

}  // namespace

}  // namespace logmargin::variants

logmargin::variants::AdvancePoints advance_points_variant() { return logmargin::variants::advance; }
