// 03: eight vectors, which is what the program did. Their states no longer fit into registers, but reading them again
// costs less than waiting.

#include "benchmarks/variants/cpu/variant.hpp"

logmargin::variants::AdvancePoints advance_points_variant() {
  return logmargin::variants::advance_by_gradient_steps<8>;
}
