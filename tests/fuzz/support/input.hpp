#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace logmargin::fuzz {

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// Each with what follows it up to the next; what comes before the first mark is left out.
inline std::vector<std::string> pieces_from(std::string_view text, std::string_view mark) {
  std::vector<std::string> pieces;
  for (std::size_t at = text.find(mark); at != std::string_view::npos;) {
    const std::size_t next = text.find(mark, at + mark.size());
    pieces.emplace_back(text.substr(at, next - at));
    at = next;
  }
  return pieces;
}

}  // namespace logmargin::fuzz
