#include "host/engine/cpu/lanes/descent_loops.hpp"
#include "host/engine/cpu/lanes/lane_loops.hpp"
#include "host/engine/cpu/lanes/simd_dispatch_of.hpp"
#include "host/engine/cpu/lanes/simd_lane.hpp"

namespace logmargin {

using std::experimental::native_simd;

SimdDispatchTable avx512_dispatch_table() {
  return lane_loops<native_simd<double>, 2>::kernels("avx512", descent_loops<native_simd<double>, 4, 2>(),
                                                     descent_loops<Pair<native_simd<float>>, 2, 1>(),
                                                     fma_single_network_loops());
}

}  // namespace logmargin
