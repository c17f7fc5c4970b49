// 02: all steps in one launch, a network a thread, its four numbers in registers.
//
// Device memory is touched twice in thousands of steps: from here on the FP64 pipe is the bound, 56 instructions a
// network-step in the machine code of compute capability 9.0. The two points of a network are independent chains, which
// the scheduler may interleave. Dead points are stepped like others: with zero biases half of all work.

#include "benchmarks/variants/variant.cuh"

namespace logmargin::variants {

namespace {

__global__ void walk(DeviceColumns<double> columns, std::size_t networks, Problem problem, std::int64_t steps) {
  const std::size_t i = global_thread();
  if (i >= networks) return;
  const Rates<double> rates(problem);
  auto network = columns.load<Network<double>>(0, i);
  for (std::int64_t s = 0; s < steps; ++s) network = gradient_step<false>(rates, network);
  columns.store(network, 0, i);
}

void advance(DeviceColumns<double> columns, std::size_t networks, const Problem& problem, std::int64_t steps) {
  walk<<<blocks_for(networks), block>>>(columns, networks, problem, steps);
  check_launch("walk");
}

}  // namespace

std::vector<Variant> registers() { return {{"02 registers", advance}}; }

}  // namespace logmargin::variants
