// 03: eight vectors, which is what the program does. Their states no longer fit into registers, but reading them again
// costs less than waiting.

#include "benchmarks/variants/cpu/variant.hpp"

logmargin::variants::AdvancePoints advance_points_variant() {
  return logmargin::step_loops<logmargin::variants::Vector, 8>::advance_points;
}
