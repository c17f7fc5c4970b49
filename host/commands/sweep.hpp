#pragma once

#include "host/cli/parsed_options.hpp"
#include "host/run/mpi/rank_member.hpp"

namespace logmargin {

/// Runs logmargin sweep, which trains every trial of every cell, prints the table or the summary, and writes the output
/// folder. A rank above 0 trains what rank 0 orders instead, and returns when it is told to leave. Throws UsageError,
/// FileError, DeviceError, RankFailed, Interrupted; then nothing has been written.
void sweep_command(const ParsedOptions& options, RankMember& member);

}  // namespace logmargin
