// 02: four vectors, one written after the other. The processor overlaps them as far as it looks ahead.

#include "benchmarks/variants/cpu/variant.hpp"

logmargin::variants::AdvancePoints advance_points_variant() {
  return logmargin::variants::advance_by_gradient_steps<4>;
}
