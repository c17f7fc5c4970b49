// 05: points where the right neuron fires alone by a loop of their own, without masks and limits: what the program did
// with them before 08. Of the points given here it takes those for granted.

#include "benchmarks/variants/cpu/variant.hpp"

namespace logmargin::variants {

namespace {

void advance(double rate, std::int64_t, std::int64_t steps, const PointColumnsOf<double>& points, std::size_t count) {
  advance_right_neurons<8, 1>(
      rate, steps, points, count, [](const Vector& kappa, Vector(&correct)[8]) __attribute__((always_inline)) {
        LOGMARGIN_UNROLLED
        for (Vector& z : correct) z = lane<Vector>::fma(kappa, exponential_of_moderate(-z), z);
      });
}

}  // namespace

}  // namespace logmargin::variants

logmargin::variants::AdvancePoints advance_points_variant() { return logmargin::variants::advance; }
