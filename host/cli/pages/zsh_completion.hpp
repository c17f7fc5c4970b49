#pragma once

#include <string>

namespace logmargin {

/// Returns a function for zsh's completion system, from the option table. It is to be named _logmargin in a folder of
/// fpath.
std::string zsh_completion();

}  // namespace logmargin
