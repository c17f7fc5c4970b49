// 09: what the program does: rises taken anew every 32 steps, with fewer terms the later it is, whichever neurons fire.

#include "benchmarks/variants/cpu/variant.hpp"

logmargin::variants::AdvancePoints advance_points_variant() {
  return logmargin::descend_points<logmargin::variants::Vector, 8>;
}
