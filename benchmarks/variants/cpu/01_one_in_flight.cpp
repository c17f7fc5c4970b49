// 01: one vector at a time. Each step waits for the one before: what is measured is the chain's latency.

#include "benchmarks/variants/cpu/variant.hpp"

logmargin::variants::AdvancePoints advance_points_variant() {
  return logmargin::variants::advance_by_gradient_steps<1>;
}
