#include "host/engine/cpu/lanes/lane_kernels_of.hpp"
#include "host/engine/cpu/lanes/lane_loops.hpp"
#include "host/engine/cpu/lanes/settled_loops.hpp"
#include "host/engine/cpu/lanes/simd_lane.hpp"

namespace logmargin {

using std::experimental::native_simd;

LaneKernels neon_lane_kernels() {
  return lane_loops<native_simd<double>, 4, Pair<native_simd<float>>, 4>::kernels(
      "neon", settled_loops<native_simd<double>, 4, Pair<native_simd<float>>, 4>(), scalar_lane_kernels().single);
}

}  // namespace logmargin
