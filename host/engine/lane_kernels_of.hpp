#pragma once

#include "host/engine/lane_kernels.hpp"

namespace logmargin {

/// One definition each, in a file compiled for that instruction set. Call only where the processor has it.
LaneKernels scalar_lane_kernels();
LaneKernels avx2_lane_kernels();
SettledLoops avx2_settled_loops();
LaneKernels avx512_lane_kernels();
LaneKernels neon_lane_kernels();

}  // namespace logmargin
