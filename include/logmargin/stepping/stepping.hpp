#pragma once

#include <limits>

#include "logmargin/numerics/host_device.hpp"

namespace logmargin {

/// Stepping says how networks get from one recorded t to the next.
struct Stepping {
  /// Points and networks without a closed form are stepped one by one up to this t. Beyond it, whatever has a closed
  /// form leaps.
  double lockstep_until;

  LOGMARGIN_HOST_DEVICE bool leaps() const { return lockstep_until < std::numeric_limits<double>::infinity(); }
};

inline constexpr Stepping lockstep_stepping = {std::numeric_limits<double>::infinity()};
inline constexpr Stepping leap_stepping = {0.0};
/// Auto stepping goes in lockstep through the transient, and looks at every power of two of t for what has settled.
inline constexpr Stepping auto_stepping = {65536.0};

}  // namespace logmargin
