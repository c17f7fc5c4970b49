#pragma once

#include "host/cli/parsed_options.hpp"

namespace logmargin {

/// logmargin replay: follows one network, given by --theta or --trial, and prints a row a recorded t.
/// Throws UsageError.
void replay_command(const ParsedOptions& options);

}  // namespace logmargin
