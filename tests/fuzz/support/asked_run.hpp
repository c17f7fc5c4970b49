#pragma once

#include <string>
#include <vector>

namespace logmargin::fuzz {

/// Does with the words after "logmargin" what the program does up to where networks would be run or files written:
/// reads the options and, of sweep and replay, makes the plan. Throws the program's own errors. Of a sweep that is
/// taken the configuration, written as JSON and read again as --config, has to give the same configuration.
void ask_for_run(const std::vector<std::string>& words);

}  // namespace logmargin::fuzz
