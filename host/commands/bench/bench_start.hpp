#pragma once

#include <string>

namespace logmargin {

/// StartTimes holds the seconds of whole processes of this program, as medians of some.
struct StartTimes {
  double version_s;  ///< logmargin --version: the loader and little else
  double sweep_s;    ///< the smallest sweep: one network, one step
};

/// Measures the start of the program, where device is the sweep's --device value. Throws FileError where the program
/// cannot be started again.
StartTimes measure_start(const std::string& device);

}  // namespace logmargin
