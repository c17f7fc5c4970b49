#pragma once

#include <string>

namespace logmargin {

// These functions return the pieces of a table, without the end tags that HTML does not ask for: they would be half of
// a long one.

std::string heading(const std::string& text);       ///< of a column
std::string row_start(const std::string& html);     ///< with the heading of the row
std::string text_entry(const std::string& text);    ///< on the left of its column
std::string number_entry(const std::string& text);  ///< on the right
std::string number_entry(double value);             ///< "–" where it is not finite

/// Returns a table in a box that scrolls on its own, also from the keyboard.
std::string html_table(const std::string& label, const std::string& headings, const std::string& rows);

}  // namespace logmargin
