#include "host/engine/lane_kernels_of.hpp"
#include "host/engine/single_network_loops.hpp"

namespace logmargin {

SingleNetworkLoops fma_single_network_loops() { return single_network_loops(); }

}  // namespace logmargin
