#pragma once

#include "host/engine/engine.hpp"

namespace logmargin {

/// How fast a device takes networks to t = 1e300, with every statistic of a sweep.
struct LeapThroughput {
  double networks_per_s;
  std::size_t recorded_times;
};

/// He-initialised networks on the default data, stepping auto, a recorded t every five decades. Takes about a second.
LeapThroughput measure_leaps(Engine& engine);

}  // namespace logmargin
