// 08: while no neuron starts or stops firing, sixteen steps at a time without masks and limits: what the program does
// with points that have not settled.

#include "benchmarks/variants/cpu/variant.hpp"

logmargin::variants::AdvancePoints advance_points_variant() {
  return logmargin::step_loops<logmargin::variants::Vector, 8>::advance_points;
}
