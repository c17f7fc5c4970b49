#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace logmargin {

/// Returns the nearest of the words within two edits (a letter put in, left out or replaced, two swapped) and within
/// half its length, or an empty text.
std::string_view nearest_word(std::string_view unknown, const std::vector<std::string_view>& words);

/// Returns ", did you mean --WORD?" with the prefix before the nearest word, or an empty text where none is near.
std::string did_you_mean(std::string_view unknown, const std::vector<std::string_view>& words,
                         std::string_view prefix = "");

}  // namespace logmargin
