#pragma once

#include <filesystem>
#include <optional>

namespace logmargin {

/// How many processors' time the control groups of this process leave it (a container's --cpus, a batch system's
/// limit), the least of its group's and those above; nothing where none is limited. root: where /proc and what is
/// mounted are looked for.
std::optional<double> cpu_quota(const std::filesystem::path& root = "/");

/// The threads that are of use where so many cores may be used: no more than the quota, rounded up.
unsigned threads_within(unsigned cores, std::optional<double> quota);

}  // namespace logmargin
