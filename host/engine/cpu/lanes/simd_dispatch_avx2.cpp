#include "host/engine/cpu/lanes/descent_loops.hpp"
#include "host/engine/cpu/lanes/lane_loops.hpp"
#include "host/engine/cpu/lanes/simd_dispatch_of.hpp"
#include "host/engine/cpu/lanes/simd_lane.hpp"

namespace logmargin {

using std::experimental::native_simd;

SimdDispatchTable avx2_dispatch_table() {
  return lane_loops<native_simd<double>, 4>::kernels(
      "avx2", {avx2_points_loop(), descend_networks<native_simd<double>, 4>},
      {avx2_pair_points_loop(), descend_networks<Pair<native_simd<float>>, 2>}, fma_single_network_loops());
}

}  // namespace logmargin
