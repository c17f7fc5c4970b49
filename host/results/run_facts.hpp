#pragma once

#include <string>

#include "host/engine/stepping_check.hpp"

namespace logmargin {

/// RunFacts holds the facts of a finished run that are not results.
struct RunFacts {
  double seconds = 0.0;
  double network_steps = 0.0;
  std::string device = {};
  unsigned threads = 1;
  double steps_computed = 0.0;  ///< of network_steps, those taken one by one; NaN where they were not counted
  LeapCheck leap_check = {};
};

}  // namespace logmargin
