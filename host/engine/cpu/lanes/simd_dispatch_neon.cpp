#include "host/engine/cpu/lanes/descent_loops.hpp"
#include "host/engine/cpu/lanes/lane_loops.hpp"
#include "host/engine/cpu/lanes/simd_dispatch_of.hpp"
#include "host/engine/cpu/lanes/simd_lane.hpp"

namespace logmargin {

using std::experimental::native_simd;

SimdDispatchTable neon_dispatch_table() {
  return lane_loops<native_simd<double>, 2>::kernels("neon", descent_loops<native_simd<double>, 4, 2>(),
                                                     descent_loops<Pair<native_simd<float>>, 4, 2>(),
                                                     scalar_dispatch_table().single);
}

}  // namespace logmargin
