// 08: the exponential carried from step to step by a polynomial of three terms, and taken anew every sixteen steps. Of
// the points given here it takes those where the right neuron fires alone for granted.

#include "benchmarks/variants/cpu/variant.hpp"

namespace logmargin::variants {

namespace {

void advance(double rate, std::int64_t, std::int64_t steps, const PointColumnsOf<double>& points, std::size_t count) {
  advance_right_neurons<8, 16>(
      rate, steps, points, count, [](const Vector& kappa, Vector(&correct)[8]) __attribute__((always_inline)) {
        Vector rise[8];
        for (int k = 0; k < 8; ++k) rise[k] = kappa * exponential_of_moderate(-correct[k]);
        for (int step = 0; step < 16; ++step) {
          LOGMARGIN_UNROLLED
          for (int k = 0; k < 8; ++k) {
            correct[k] = correct[k] + rise[k];
            rise[k] = next_rise<3>(rise[k], rise[k]);
          }
        }
      });
}

}  // namespace

}  // namespace logmargin::variants

logmargin::variants::AdvancePoints advance_points_variant() { return logmargin::variants::advance; }
