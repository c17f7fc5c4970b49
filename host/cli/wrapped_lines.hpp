#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace logmargin {

/// Returns the text broken at spaces into lines of at most width characters. A longer word has a line of its own.
std::vector<std::string> wrapped_lines(std::string_view text, std::size_t width);

}  // namespace logmargin
