#include "tests/host/engine/cpu/lanes/lane_functions_of.hpp"

namespace logmargin::testing {

LaneFunctions scalar_lane_functions() { return lane_functions_of<double>::functions(); }

}  // namespace logmargin::testing
