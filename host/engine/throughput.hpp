#pragma once

#include "host/engine/lane_kernels.hpp"
#include "host/plan/precision.hpp"

namespace logmargin {

/// Lockstep speed of one core or of several, against what its FMA units could do.
struct Throughput {
  double network_steps_per_s;
  double fma_lanes_per_s;  ///< measured: fused multiply-adds, times lanes of double, or of float in mixed precision
  double bound_per_s;      ///< fma_lanes_per_s over the FMA-unit operations of a network-step

  double fraction() const { return network_steps_per_s / bound_per_s; }
};

/// Best of several interleaved rounds, every point alive and none skipped, all threads at once. Takes about two
/// seconds. Precondition: threads >= 1.
Throughput measure_throughput(const LaneKernels& kernels, unsigned threads, Precision precision, bool coupled);

/// Lockstep speed under a method, beside plain gradient descent's in the same rounds.
struct MethodThroughput {
  double network_steps_per_s, plain_per_s;

  double relative() const { return network_steps_per_s / plain_per_s; }
};

/// Of decoupled data, as measure_throughput.
MethodThroughput measure_method(const LaneKernels& kernels, unsigned threads, const Method& method);

}  // namespace logmargin
