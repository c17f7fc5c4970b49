#pragma once

#include <string_view>

namespace logmargin {

/// Reads a time > 0 and returns its seconds. The text is a number of seconds (90, 1.5e3), where Slurm would take
/// minutes; numbers with units d, h, m, s (90m, 1h30m); or one of the other forms of Slurm's time limits: M:S, H:M:S,
/// D-H, D-H:M and D-H:M:S. Throws UsageError that names the option.
double parse_duration(std::string_view option, std::string_view text);

}  // namespace logmargin
