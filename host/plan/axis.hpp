#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace logmargin {

/// Returns the values of a numeric axis: one number, a comma list, or a range LO:HI:COUNT[log] with both ends in it.
/// The pieces of a list may be ranges. At most 1e6 values are allowed. Throws UsageError that names the option, the
/// offending piece and what is allowed, also where accepts(value) is false.
std::vector<double> parse_number_axis(std::string_view option, std::string_view text, std::string_view allowed,
                                      const std::function<bool(double)>& accepts);

}  // namespace logmargin
