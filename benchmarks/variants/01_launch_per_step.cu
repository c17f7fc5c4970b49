// 01: one launch a step, the state in device memory in between.
//
// The obvious beginning, and how such simulations are usually written. A step reads and writes 32 bytes of every
// network, so that the memory's bandwidth is the bound: at 3 to 5 TB/s some 5e10 to 8e10 network-steps a second for
// large batches, an order below the FP64 bound. For small ones the time of a launch rules, some microseconds a step.

#include "benchmarks/variants/variant.cuh"

namespace logmargin::variants {

namespace {

__global__ void step(DeviceColumns<double> columns, std::size_t networks, Problem problem) {
  const std::size_t i = global_thread();
  if (i >= networks) return;
  columns.store(gradient_step<false>(Rates<double>(problem), columns.load<Network<double>>(0, i)), 0, i);
}

void advance(DeviceColumns<double> columns, std::size_t networks, const Problem& problem, std::int64_t steps) {
  for (std::int64_t s = 0; s < steps; ++s) {
    step<<<blocks_for(networks), block>>>(columns, networks, problem);
    check_launch("step");
  }
}

}  // namespace

std::vector<Variant> launch_per_step() { return {{"01 launch per step", advance}}; }

}  // namespace logmargin::variants
