#pragma once

#include "host/engine/engine.hpp"

namespace logmargin {

/// LeapThroughput says how fast a device takes networks to t = 1e300, with every statistic of a sweep, and what of that
/// takes the time.
struct LeapThroughput {
  double networks_per_s;
  std::size_t recorded_times;
  double share_of_records;     ///< of the time, from 0 to 1: spent on recorded t, beyond 0 and the horizon
  double share_of_thresholds;  ///< on the steps to each gap of --eps
};

/// Measures He-initialised networks on the default data, with stepping auto and a recorded t every five decades; then
/// without thresholds, then without records too. Takes about a second.
LeapThroughput measure_leaps(Engine& engine);

}  // namespace logmargin
