#include "host/engine/cpu/lanes/descent_loops.hpp"
#include "host/engine/cpu/lanes/simd_dispatch_of.hpp"
#include "host/engine/cpu/lanes/simd_lane.hpp"

namespace logmargin {

using std::experimental::native_simd;

PointsLoop<double> avx2_points_loop() { return descend_points<native_simd<double>, 8>; }
PointsLoop<Pair<float>> avx2_pair_points_loop() { return descend_points<Pair<native_simd<float>>, 4>; }

}  // namespace logmargin
