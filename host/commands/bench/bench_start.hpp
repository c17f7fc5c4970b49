#pragma once

#include <string>

namespace logmargin {

/// Seconds of whole processes of this program, medians of some.
struct StartTimes {
  double version_s;  ///< logmargin --version: the loader and little else
  double sweep_s;    ///< the smallest sweep: one network, one step
};

/// device: of the sweep, a --device value. Throws FileError where the program cannot be started again.
StartTimes measure_start(const std::string& device);

}  // namespace logmargin
