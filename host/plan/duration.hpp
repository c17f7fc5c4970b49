#pragma once

#include <string_view>

namespace logmargin {

/// Seconds > 0: a number of them (90, 1.5e3), where Slurm would take minutes; numbers with units d, h, m, s (90m,
/// 1h30m); or the other forms of Slurm's time limits: M:S, H:M:S, D-H, D-H:M and D-H:M:S. Throws UsageError naming the
/// option.
double parse_duration(std::string_view option, std::string_view text);

}  // namespace logmargin
