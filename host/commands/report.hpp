#pragma once

#include "host/cli/parsed_options.hpp"

namespace logmargin {

/// Runs `logmargin report DIR`, which makes report.html of a sweep's folder. Throws UsageError and FileError.
void report_command(const ParsedOptions& options);

}  // namespace logmargin
