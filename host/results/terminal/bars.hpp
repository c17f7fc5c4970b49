#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "host/results/round_histogram.hpp"

namespace logmargin {

/// BarStyle says what bars are drawn with.
struct BarStyle {
  bool blocks = false;  ///< Unicode's block elements, to an eighth of a column; plain ASCII otherwise
  bool colour = false;  ///< escape codes around each bar
};

/// Returns the style for an output whose locale has the character set, with the environment's NO_COLOR and TERM
/// (nullptr where not set). There is colour on a terminal alone, unless NO_COLOR is not empty or TERM is missing, empty
/// or dumb.
BarStyle bar_style(std::string_view character_set, bool terminal, const char* no_color, const char* term);

/// Returns the style that this process's stdout and environment ask for.
BarStyle bar_style_of_stdout();

/// Returns the columns of a bar, in which anything above zero shows. Precondition: 0 <= fraction <= 1.
std::string bar(double fraction, std::size_t columns, const BarStyle& style);

/// Returns "  NAME  COUNT  SHARE %  bar", in 80 columns for a name of at most 22: the count's share of the whole, and a
/// bar that is full at count = longest.
std::string share_row(std::string_view name, std::uint64_t count, std::uint64_t whole, std::uint64_t longest,
                      const BarStyle& style);

/// Returns a histogram with a heading, one row on each line; the text is empty for an empty histogram.
std::string histogram_rows(std::string_view name, const RoundHistogram& histogram, const BarStyle& style);

}  // namespace logmargin
