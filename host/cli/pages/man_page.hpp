#pragma once

#include <string>
#include <string_view>

namespace logmargin {

/// Returns logmargin(1) in the man macros of roff, plain ASCII. The options are those of the option table. The date is
/// YYYY-MM-DD, or empty where it is not known.
std::string man_page(std::string_view version, std::string_view date);

}  // namespace logmargin
