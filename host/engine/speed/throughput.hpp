#pragma once

#include "host/engine/cpu/lanes/simd_dispatch.hpp"
#include "host/engine/speed/operation_count.hpp"
#include "host/plan/precision.hpp"

namespace logmargin {

/// Throughput is the lockstep speed of one core or of several, against what its FMA units could do.
struct Throughput {
  double network_steps_per_s;
  double fma_lanes_per_s;  ///< measured: fused multiply-adds, times lanes of double, or of float in mixed precision
  double bound_per_s;      ///< fma_lanes_per_s over the FMA-unit operations of a network-step

  double fraction() const { return network_steps_per_s / bound_per_s; }
};

/// LockstepWork says what is stepped in one measurement, where every point is alive and none is skipped.
struct LockstepWork {
  Precision precision;
  bool coupled;  ///< the two points act on each other
  bool settled;  ///< every point is settled, as alive points soon are; else all take the step for any point
};

/// Counts the operations of one network-step of this work.
OperationCount operations_of(const LockstepWork& work);

/// Returns the best of several interleaved rounds, all threads at once. It takes about two seconds. Precondition:
/// threads >= 1.
Throughput measure_throughput(const SimdDispatchTable& kernels, unsigned threads, const LockstepWork& work);

/// MethodThroughput is the lockstep speed under a method, beside that of plain gradient descent's step for all points
/// in the same rounds.
struct MethodThroughput {
  double network_steps_per_s, plain_per_s;

  double relative() const { return network_steps_per_s / plain_per_s; }
};

/// Measures a method on decoupled data, as measure_throughput does.
MethodThroughput measure_method(const SimdDispatchTable& kernels, unsigned threads, const Method& method);

}  // namespace logmargin
