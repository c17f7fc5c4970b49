#pragma once

#include "host/cli/parsed_options.hpp"

namespace logmargin {

/// Runs logmargin bench, which prints the throughput of this machine's devices, with the fraction of the hardware
/// bound.
void bench_command(const ParsedOptions& options);

}  // namespace logmargin
