#include "host/engine/cpu/lanes/settled_loops.hpp"
#include "host/engine/cpu/lanes/simd_dispatch_of.hpp"
#include "host/engine/cpu/lanes/simd_lane.hpp"

namespace logmargin {

using std::experimental::native_simd;

SettledLoops avx2_settled_loops() { return settled_loops<native_simd<double>, 8, Pair<native_simd<float>>, 4>(); }

}  // namespace logmargin
