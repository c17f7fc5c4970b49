#pragma once

#include <limits>
#include <string_view>

namespace logmargin {

/// SteppingMode is what --stepping asks for.
enum class SteppingMode : int {
  automatic,  ///< every step until all points have settled, then closed forms
  lockstep,   ///< every step to the horizon
  leap        ///< closed forms from the start on
};

/// Returns "auto", "lockstep" or "leap".
std::string_view stepping_word(SteppingMode mode);
/// Reads "auto", "lockstep" or "leap". Throws UsageError for another word.
SteppingMode parse_stepping(std::string_view text);

/// Stepping says how networks get from one recorded t to the next.
struct Stepping {
  /// Points and networks without a closed form are stepped one by one up to this t. Beyond it, whatever has a closed
  /// form leaps.
  double lockstep_until;

  bool leaps() const { return lockstep_until < std::numeric_limits<double>::infinity(); }
};

inline constexpr Stepping lockstep_stepping = {std::numeric_limits<double>::infinity()};
inline constexpr Stepping leap_stepping = {0.0};
/// Auto stepping goes in lockstep through the transient, and looks at every power of two of t for what has settled.
inline constexpr Stepping auto_stepping = {65536.0};

}  // namespace logmargin
