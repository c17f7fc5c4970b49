#include "host/engine/cpu/lanes/descent_loops.hpp"
#include "host/engine/cpu/lanes/lane_loops.hpp"
#include "host/engine/cpu/lanes/simd_dispatch_of.hpp"
#include "host/engine/cpu/lanes/single_network_loops.hpp"

namespace logmargin {

SimdDispatchTable scalar_dispatch_table() {
  return lane_loops<double, 2>::kernels("scalar", descent_loops<double, 4, 2>(), descent_loops<Pair<float>, 4, 2>(),
                                        single_network_loops());
}

}  // namespace logmargin
