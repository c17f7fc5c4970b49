#include "host/compare/table_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace logmargin {

namespace {

/// Returns whether a byte of UTF-8 goes on with the character before it.
bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; }

std::size_t columns_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !continues_character(c); }));
}

std::string without_control_characters(std::string_view text) {
  std::string shown(text);
  for (char& c : shown) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  }
  return shown;
}

constexpr std::string_view cut_mark = "..";

}  // namespace

std::string shown_number(double value) { return std::isfinite(value) ? fmt::format("{:.4g}", value) : "-"; }

std::string shown_change(double value) {
  if (!std::isfinite(value)) return "-";
  return value == 0.0 ? "0" : fmt::format("{:+.3g}", value);
}

std::string shown_interval(const Interval& interval) {
  if (!interval.known()) return {};
  return fmt::format("{}..{}", shown_change(interval.low), shown_change(interval.high));
}

std::string shown_text(std::string_view text, std::size_t columns) {
  std::string shown = without_control_characters(text);
  if (columns_of(shown) <= columns) return shown;
  while (columns_of(shown) + cut_mark.size() > columns) {
    while (continues_character(shown.back())) shown.pop_back();
    shown.pop_back();
  }
  return shown + std::string(cut_mark);
}

std::string shown_end(std::string_view text, std::size_t columns) {
  std::string shown = without_control_characters(text);
  if (columns_of(shown) <= columns) return shown;
  while (columns_of(shown) + cut_mark.size() > columns || continues_character(shown.front())) shown.erase(0, 1);
  return std::string(cut_mark) + shown;
}

std::string shown_pieces(const std::vector<std::string>& pieces, std::string_view separator, std::size_t indent) {
  std::string text;
  std::string line;
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const std::string_view behind = i + 1 < pieces.size() ? separator : "";
    const std::string piece = shown_text(pieces[i], table_width - indent - behind.size()) + std::string(behind);
    if (!line.empty() && indent + columns_of(line) + columns_of(piece) > table_width + 1) {
      text += std::string(indent, ' ') + line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
      line.clear();
    }
    line += piece;
  }
  return line.empty() ? text : text + std::string(indent, ' ') + line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
}

std::vector<std::string> axis_pieces(const AxisValues& a, const AxisValues& b, const std::vector<std::size_t>& axes) {
  std::vector<std::string> pieces;
  pieces.reserve(axes.size());
  for (const std::size_t axis : axes) {
    pieces.push_back(a[axis] == b[axis] ? fmt::format("{} {}", axis_names[axis], a[axis])
                                        : fmt::format("{} {} | {}", axis_names[axis], a[axis], b[axis]));
  }
  return pieces;
}

}  // namespace logmargin
