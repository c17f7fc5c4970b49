#pragma once

#include <filesystem>
#include <string_view>

namespace logmargin {

/// Returns whether a name is the temporary one of a file or folder (see name_of_stale_file) whose maker no longer runs.
/// The number of this process counts as that of one that no longer runs: this process asks before it makes files, and a
/// killed run may have had its number.
bool is_leftover(std::string_view name);

/// Removes every stale file that is directly in the folder. Processes of other machines are not known here: the
/// folder's lock keeps their runs away.
void remove_stale_files(const std::filesystem::path& folder);

}  // namespace logmargin
