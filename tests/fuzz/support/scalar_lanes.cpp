#include "host/engine/cpu/lanes/simd_dispatch_of.hpp"

namespace logmargin {

// No fuzz target runs networks.
SimdDispatchTable avx2_dispatch_table() { return scalar_dispatch_table(); }
SimdDispatchTable avx512_dispatch_table() { return scalar_dispatch_table(); }
SimdDispatchTable neon_dispatch_table() { return scalar_dispatch_table(); }

}  // namespace logmargin
