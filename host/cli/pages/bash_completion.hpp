#pragma once

#include <string>

namespace logmargin {

/// Returns a script for bash 4 or later, with or without the bash-completion package, from the option table.
std::string bash_completion();

}  // namespace logmargin
