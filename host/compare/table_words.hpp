#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "host/compare/comparison.hpp"

namespace logmargin {

inline constexpr std::size_t table_width = 80;

/// Returns four significant digits, or a dash for what is not known.
std::string shown_number(double value);
/// Returns three significant digits with their sign, or a dash.
std::string shown_change(double value);
/// Returns "-0.01..+0.02", or nothing where it is not known.
std::string shown_interval(const Interval& interval);

/// Returns the text in so many columns at most, its end cut, and without control characters, which a file from
/// elsewhere might have a terminal obey.
std::string shown_text(std::string_view text, std::size_t columns);
/// Returns the same with its beginning cut.
std::string shown_end(std::string_view text, std::size_t columns);

/// Returns the pieces on lines of table_width columns, each line with that indent and a line break at its end.
std::string shown_pieces(const std::vector<std::string>& pieces, std::string_view separator, std::size_t indent);

/// Returns the values of some axes, as "eta 0.1", or "eta 0.1 | 0.2" where they differ.
std::vector<std::string> axis_pieces(const AxisValues& a, const AxisValues& b, const std::vector<std::size_t>& axes);

}  // namespace logmargin
