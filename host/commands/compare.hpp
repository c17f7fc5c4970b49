#pragma once

#include "host/cli/parsed_options.hpp"

namespace logmargin {

/// Runs `logmargin compare A B`, which sets the results of two folders of sweep side by side. Throws UsageError and
/// FileError.
void compare_command(const ParsedOptions& options);

}  // namespace logmargin
