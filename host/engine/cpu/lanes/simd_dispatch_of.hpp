#pragma once

#include "host/engine/cpu/lanes/simd_dispatch.hpp"

namespace logmargin {

/// Each of these functions has one definition, in a file compiled for that instruction set. Call one only where the
/// processor has it.
SimdDispatchTable scalar_dispatch_table();
SimdDispatchTable avx2_dispatch_table();
PointsLoop<double> avx2_points_loop();
PointsLoop<Pair<float>> avx2_pair_points_loop();
/// This one is compiled with AVX2 too, which every processor with AVX-512 has.
SingleNetworkLoops fma_single_network_loops();
SimdDispatchTable avx512_dispatch_table();
SimdDispatchTable neon_dispatch_table();

}  // namespace logmargin
