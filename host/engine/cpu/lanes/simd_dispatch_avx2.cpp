#include "host/engine/cpu/lanes/lane_loops.hpp"
#include "host/engine/cpu/lanes/simd_dispatch_of.hpp"
#include "host/engine/cpu/lanes/simd_lane.hpp"

namespace logmargin {

SimdDispatchTable avx2_dispatch_table() {
  return lane_loops<std::experimental::native_simd<double>, 4>::kernels(
      "avx2", avx2_descent_loops(), avx2_pair_descent_loops(), fma_single_network_loops());
}

}  // namespace logmargin
