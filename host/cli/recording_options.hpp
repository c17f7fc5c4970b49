#pragma once

#include <string>
#include <string_view>

#include "host/plan/schedule.hpp"
#include "host/plan/trajectory_columns.hpp"

namespace logmargin {

/// Reads log=K, every=K, or a list, of whole numbers or of any t. Throws UsageError. Precondition: option, its dashes
/// too, is a literal, as the rule keeps it.
RecordRule parse_record_rule(std::string_view option, std::string_view text, bool whole = true);

/// Reads --statistics: all, or a comma list of what is tallied at each recorded t. Throws UsageError.
Statistics parse_statistics(std::string_view text);

/// Returns the columns of trajectories.h5 that the value of --trajectories chooses. Throws UsageError.
TrajectoryColumns parse_trajectory_columns(std::string_view text);

/// Returns the columns as --trajectories takes them.
std::string text_of(const TrajectoryColumns& columns);

}  // namespace logmargin
