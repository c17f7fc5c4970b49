#include "host/engine/cpu/lanes/simd_dispatch_of.hpp"
#include "host/engine/cpu/lanes/single_network_loops.hpp"

namespace logmargin {

SingleNetworkLoops fma_single_network_loops() { return single_network_loops(); }

}  // namespace logmargin
