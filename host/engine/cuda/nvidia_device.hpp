#pragma once

#include <filesystem>

namespace logmargin {

/// Says whether this machine has a GPU by NVIDIA, with a driver or without. root: where its /dev and /sys are.
bool has_nvidia_device(const std::filesystem::path& root = "/");

}  // namespace logmargin
