#pragma once

#include <string>
#include <string_view>

#include "host/plan/trajectory_columns.hpp"

namespace logmargin {

/// Returns the columns of trajectories.h5 that the value of --trajectories chooses. Throws UsageError.
TrajectoryColumns parse_trajectory_columns(std::string_view text);

/// Returns the columns as --trajectories takes them.
std::string text_of(const TrajectoryColumns& columns);

}  // namespace logmargin
