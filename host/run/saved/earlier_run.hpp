#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "host/results/files/tally_file.hpp"

namespace logmargin {

/// Returns whether the results of this very run are in the folder, all of them, so that --resume has nothing to do.
/// Throws UsageError where the folder holds the results of another run, with the option that differs, or files that are
/// no run's, unless anything may be there. Precondition: the folder holds no checkpoint. The names are those of the
/// run's results, the one that tells its configuration first.
bool complete_already(const std::filesystem::path& folder, const std::vector<std::string>& names,
                      const TallyFileHead& head, bool anything_may_be_there);

}  // namespace logmargin
