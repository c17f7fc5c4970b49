#pragma once

#include "host/cli/parsed_options.hpp"

namespace logmargin {

/// Runs logmargin devices, which prints what this build can compute on.
void devices_command(const ParsedOptions& options);

}  // namespace logmargin
