#pragma once

#include <string>

namespace logmargin {

/// A function for zsh's completion system, from the option table; to be named _logmargin in a folder of fpath.
std::string zsh_completion();

}  // namespace logmargin
