#pragma once

#include <filesystem>
#include <optional>

namespace logmargin {

/// Returns how many processors' time the control groups of this process leave it (a container's --cpus, a batch
/// system's limit). It is the least limit of its group and of those above, and nothing where none is limited. root:
/// where /proc and what is mounted are looked for.
std::optional<double> cpu_quota(const std::filesystem::path& root = "/");

/// Returns the number of threads that are of use where so many cores may be used: no more than the quota, rounded up.
unsigned threads_within(unsigned cores, std::optional<double> quota);

}  // namespace logmargin
