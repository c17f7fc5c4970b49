#include "host/engine/cpu/lanes/lane_kernels_of.hpp"

namespace logmargin {

// No fuzz target runs networks.
LaneKernels avx2_lane_kernels() { return scalar_lane_kernels(); }
LaneKernels avx512_lane_kernels() { return scalar_lane_kernels(); }
LaneKernels neon_lane_kernels() { return scalar_lane_kernels(); }

}  // namespace logmargin
