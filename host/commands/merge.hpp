#pragma once

#include "host/cli/parsed_options.hpp"

namespace logmargin {

/// Runs logmargin merge OUT IN..., which adds up the files of all shards of a run, given by name or by folder, into the
/// folder of the whole run. Throws UsageError where they are not all shards of one run, each once, and FileError where
/// one is not as it was written; then nothing has been written.
void merge_command(const ParsedOptions& options);

}  // namespace logmargin
