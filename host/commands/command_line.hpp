#pragma once

namespace logmargin {

/// Runs the program. Returns the exit status; messages go to stderr, results to stdout.
int run_command_line(int argc, const char* const* argv);

}  // namespace logmargin
