#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace logmargin {

/// The text broken at spaces into lines of at most width characters; a longer word has a line to itself.
std::vector<std::string> wrapped_lines(std::string_view text, std::size_t width);

}  // namespace logmargin
