#pragma once

#include "host/cli/experiment_options.hpp"
#include "host/cli/long_run_options.hpp"
#include "host/run/prepared_run.hpp"

namespace logmargin {

/// Throws UsageError where the options ask for a list of trials, trials.h5 or trajectories.h5, that this build cannot
/// write or that has no folder.
void require_place_for_trial_lists(const ParsedOptions& options);

/// Returns how large trajectories.h5 may become with so many trials of each cell, as a line for people, or nothing
/// where there is none. Throws UsageError where that asks for --force.
std::string size_of_trajectories(const PreparedRun& run, const Presentation& presentation, std::uint64_t trials);

}  // namespace logmargin
