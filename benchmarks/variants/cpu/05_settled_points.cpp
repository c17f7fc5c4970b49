// 05: points that have settled by a loop of their own, without masks and limits: what the program does with them. Of
// the points given here it takes those that are settled for granted.

#include "benchmarks/variants/cpu/variant.hpp"

namespace logmargin::variants {

namespace {

void advance(double rate, double* correct, double*, std::size_t count, std::int64_t steps) {
  advance_settled_points<Vector, 8>(rate, correct, count, steps);
}

}  // namespace

}  // namespace logmargin::variants

logmargin::variants::AdvancePoints advance_points_variant() { return logmargin::variants::advance; }
