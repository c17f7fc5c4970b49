#include "host/results/reading/summary_lines.hpp"

#include <charconv>
#include <limits>

namespace logmargin {

namespace {

/// Takes a number off the front of the text and returns it, or NaN where there is none.
double number_taken_off(std::string_view& text) {
  double value = std::numeric_limits<double>::quiet_NaN();
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value).ptr;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

bool taken_off(std::string_view& text, std::string_view start) {
  if (!text.starts_with(start)) return false;
  text.remove_prefix(start.size());
  return true;
}

}  // namespace

/// Returns whether a line holds a recorded t that is not wanted. The last of a cell's recorded t has no comma behind
/// it. This line stays, whether it is wanted or not, as the lines before it cannot be its end.
bool SummaryLines::is_unwanted(std::string_view line) const {
  if (!line.ends_with("},\n") || !taken_off(line, "{\"t\":")) return false;
  const double t = number_taken_off(line);
  return taken_off(line, ",\"log10_t\":") && !wanted_(t);
}

SummaryLines::int_type SummaryLines::underflow() {
  for (;;) {
    file_.getline(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    auto count = static_cast<std::size_t>(file_.gcount());
    if (count == 0) return traits_type::eof();
    const bool whole_line = file_.good();
    const bool began_here = at_line_start_;
    at_line_start_ = whole_line;
    if (whole_line) {
      buffer_[count - 1] = '\n';
    } else if (!file_.eof()) {
      file_.clear();  // the buffer is full, with a piece of a long line
    }
    if (whole_line && began_here && is_unwanted({buffer_.data(), count})) continue;
    setg(buffer_.data(), buffer_.data(), buffer_.data() + count);
    return traits_type::to_int_type(buffer_.front());
  }
}

}  // namespace logmargin
