#pragma once

#include <string_view>

namespace logmargin {

/// Seconds > 0: a number of them (90, 1.5e3); numbers with units d, h, m, s (90m, 1h30m); or [D-]H:MM:SS as batch
/// systems write time limits. Throws UsageError naming the option.
double parse_duration(std::string_view option, std::string_view text);

}  // namespace logmargin
