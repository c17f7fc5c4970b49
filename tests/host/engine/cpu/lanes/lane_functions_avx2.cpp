#include "host/engine/cpu/lanes/simd_lane.hpp"
#include "tests/host/engine/cpu/lanes/lane_functions_of.hpp"

namespace logmargin::testing {

LaneFunctions avx2_lane_functions() { return lane_functions_of<std::experimental::native_simd<double>>::functions(); }

}  // namespace logmargin::testing
