#pragma once

#include "host/engine/cpu/lanes/lane_kernels.hpp"

namespace logmargin {

/// One definition each, in a file compiled for that instruction set. Call only where the processor has it.
LaneKernels scalar_lane_kernels();
LaneKernels avx2_lane_kernels();
SettledLoops avx2_settled_loops();
/// With AVX2 too, which every processor with AVX-512 has.
SingleNetworkLoops fma_single_network_loops();
LaneKernels avx512_lane_kernels();
LaneKernels neon_lane_kernels();

}  // namespace logmargin
