#include "host/engine/cpu/lanes/lane_loops.hpp"
#include "host/engine/cpu/lanes/settled_loops.hpp"
#include "host/engine/cpu/lanes/simd_dispatch_of.hpp"
#include "host/engine/cpu/lanes/single_network_loops.hpp"

namespace logmargin {

SimdDispatchTable scalar_dispatch_table() {
  return lane_loops<double, 4, Pair<float>, 4>::kernels("scalar", settled_loops<double, 4, Pair<float>, 4>(),
                                                        single_network_loops());
}

}  // namespace logmargin
