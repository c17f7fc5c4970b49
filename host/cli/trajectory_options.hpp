#pragma once

#include <string>

#include "host/cli/parsed_options.hpp"
#include "host/plan/trajectory_columns.hpp"

namespace logmargin {

/// Reads --trajectories: the columns of trajectories.h5, none where the option is not given. Throws UsageError.
TrajectoryColumns read_trajectory_columns(const ParsedOptions& options);

/// Returns the columns as --trajectories takes them.
std::string text_of(const TrajectoryColumns& columns);

}  // namespace logmargin
