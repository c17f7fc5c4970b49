#pragma once

#include "host/cli/parsed_options.hpp"

namespace logmargin {

/// Runs logmargin replay, which follows one network, given by --theta or --trial, and prints a row for each recorded t.
/// Throws UsageError.
void replay_command(const ParsedOptions& options);

}  // namespace logmargin
