#pragma once

#include "host/command/parsed_options.hpp"

namespace logmargin {

/// logmargin sweep: trains every trial of every cell, prints the table or the summary, writes the output folder.
/// Throws UsageError, FileError, DeviceError, Interrupted; then nothing has been written.
void sweep_command(const ParsedOptions& options);

}  // namespace logmargin
