#pragma once

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

}  // namespace logmargin
