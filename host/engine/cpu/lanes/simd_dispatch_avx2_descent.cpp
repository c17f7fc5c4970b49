#include "host/engine/cpu/lanes/descent_loops.hpp"
#include "host/engine/cpu/lanes/simd_dispatch_of.hpp"
#include "host/engine/cpu/lanes/simd_lane.hpp"

namespace logmargin {

using std::experimental::native_simd;

DescentLoops<double> avx2_descent_loops() { return descent_loops<native_simd<double>, 8, 4>(); }
DescentLoops<Pair<float>> avx2_pair_descent_loops() { return descent_loops<Pair<native_simd<float>>, 4, 2>(); }

}  // namespace logmargin
