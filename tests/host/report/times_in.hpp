#pragma once

#include <string>

namespace logmargin::testing {

/// How often a piece is in a text.
inline std::size_t times_in(const std::string& text, const std::string& piece) {
  std::size_t times = 0;
  for (std::size_t at = text.find(piece); at != std::string::npos; at = text.find(piece, at + 1)) ++times;
  return times;
}

}  // namespace logmargin::testing
