#pragma once

#include <memory>

#include "host/engine/cpu/lanes/lane_kernels.hpp"
#include "host/engine/engine.hpp"

namespace logmargin {

/// Networks in SIMD lanes, batches over threads. Precondition: threads >= 1.
std::unique_ptr<Engine> make_cpu_engine(const LaneKernels& kernels, unsigned threads);

}  // namespace logmargin
