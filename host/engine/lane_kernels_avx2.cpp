#include "host/engine/lane_kernels_of.hpp"
#include "host/engine/lane_loops.hpp"
#include "host/engine/simd_lane.hpp"

namespace logmargin {

LaneKernels avx2_lane_kernels() { return lane_loops<std::experimental::native_simd<double>, 8>::kernels("avx2"); }

}  // namespace logmargin
