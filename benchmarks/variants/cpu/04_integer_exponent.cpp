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

void advance(double rate, std::int64_t, std::int64_t steps, const PointColumnsOf<double>& columns, std::size_t count) {
  const auto step = [](const Vector& kappa, const PointState<Vector>& point) __attribute__((always_inline)) {
    const Vector rho = exponential_without_subnormals(relu(point.wrong) - relu(point.correct));
    return PointState<Vector>{lane<Vector>::fma(kappa, zero_unless(positive(point.correct), rho), point.correct),
                              lane<Vector>::fma(-kappa, zero_unless(positive(point.wrong), rho), point.wrong)};
  };
  advance_by<8>(step, rate, steps, columns, count);
}

}  // namespace

}  // namespace logmargin::variants

logmargin::variants::AdvancePoints advance_points_variant() { return logmargin::variants::advance; }
