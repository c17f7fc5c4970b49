#pragma once

#include <atomic>
#include <filesystem>
#include <string>
#include <vector>

namespace logmargin {

/// ToolRun says what came of a program started without a shell.
struct ToolRun {
  bool ended_well = false;
  std::string trouble;            ///< in words, where it did not, with a line of its own
  bool failed_by_itself = false;  ///< it ran, and said that it failed
};

/// Runs gnuplot, found on PATH, on script files of a folder, in that folder, with neither input nor output. A run that
/// takes longer than the limit is ended. Throws Interrupted, once the run is ended, when stop_signal is set.
ToolRun run_gnuplot(const std::filesystem::path& folder, const std::vector<std::string>& scripts,
                    double limit_in_seconds, const std::atomic<int>& stop_signal);

}  // namespace logmargin
