#pragma once

#include <string>

#include "host/cli/parsed_options.hpp"

namespace logmargin {

/// Prints the lockstep speed of the GPU for each of --trials and --steps, with the fraction of its FP64 issue rate.
void bench_gpu(const ParsedOptions& options, const std::string& device);

}  // namespace logmargin
