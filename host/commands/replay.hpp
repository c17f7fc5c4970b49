#pragma once

#include <functional>

#include "host/cli/parsed_options.hpp"
#include "host/commands/replay_stories.hpp"
#include "host/engine/run_control.hpp"

namespace logmargin {

/// Follows the networks of a replay, one after the other, and gives each one's story to take. Throws Interrupted when
/// control asks.
void follow_all(const ReplayPlan& replay, RunControl& control, const std::function<void(const Story&)>& take);

/// Runs logmargin replay, which follows one network, given by --theta or --trial, and prints a row for each recorded t.
/// Throws UsageError.
void replay_command(const ParsedOptions& options);

}  // namespace logmargin
