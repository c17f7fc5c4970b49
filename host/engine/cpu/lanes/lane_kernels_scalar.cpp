#include "host/engine/lane_kernels_of.hpp"
#include "host/engine/lane_loops.hpp"
#include "host/engine/settled_loops.hpp"
#include "host/engine/single_network_loops.hpp"

namespace logmargin {

LaneKernels scalar_lane_kernels() {
  return lane_loops<double, 4, Pair<float>, 4>::kernels("scalar", settled_loops<double, 4, Pair<float>, 4>(),
                                                        single_network_loops());
}

}  // namespace logmargin
