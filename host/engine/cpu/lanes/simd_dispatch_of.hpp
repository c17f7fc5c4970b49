#pragma once

#include "host/engine/cpu/lanes/simd_dispatch.hpp"

namespace logmargin {

/// One definition each, in a file compiled for that instruction set. Call only where the processor has it.
SimdDispatchTable scalar_dispatch_table();
SimdDispatchTable avx2_dispatch_table();
SettledLoops avx2_settled_loops();
/// With AVX2 too, which every processor with AVX-512 has.
SingleNetworkLoops fma_single_network_loops();
SimdDispatchTable avx512_dispatch_table();
SimdDispatchTable neon_dispatch_table();

}  // namespace logmargin
