#pragma once

#include "host/engine/cpu/lanes/simd_dispatch.hpp"
#include "host/engine/speed/operation_count.hpp"
#include "host/plan/precision.hpp"

namespace logmargin {

/// Throughput is the lockstep speed of one core or of several, against what its FMA units could do.
struct Throughput {
  double network_steps_per_s;
  double fma_lanes_per_s;  ///< measured: fused multiply-adds, times lanes of double, or of float in mixed precision
  double operations;       ///< of the FMA units in a network-step: see count_step
  double bound_per_s;      ///< fma_lanes_per_s over the operations

  double fraction() const { return network_steps_per_s / bound_per_s; }
};

/// LockstepWork says what is stepped in one measurement, where the right neuron fires alone at every point, as is soon
/// so at nearly all that are alive, and none is skipped.
struct LockstepWork {
  Precision precision;
  bool coupled;         ///< the two points act on each other
  std::int64_t from_t;  ///< steps take less as t grows: see with_decay_terms
};

/// Returns the best of several interleaved rounds, all threads at once. It takes about two seconds. Precondition:
/// threads >= 1.
Throughput measure_throughput(const SimdDispatchTable& kernels, unsigned threads, const LockstepWork& work);

/// MethodThroughput is the lockstep speed under a method, beside that of plain gradient descent from t = 0 in
/// the same rounds.
struct MethodThroughput {
  double network_steps_per_s, plain_per_s;

  double relative() const { return network_steps_per_s / plain_per_s; }
};

/// Measures a method on decoupled data, as measure_throughput does.
MethodThroughput measure_method(const SimdDispatchTable& kernels, unsigned threads, const Method& method);

}  // namespace logmargin
