#pragma once

#include <string>
#include <string_view>

namespace logmargin {

/// Throws UsageError, with file, line and column, for what toml++ 3.3 does not bear. That is a key of so many dots that
/// its recursion could exhaust the stack and, where its own assertions do not hold, characters beyond ASCII where it
/// looks for white space, and headers of tables that do not begin with a name. In a document that is not TOML the part
/// before its first error is looked at.
void validate_toml(std::string_view document, const std::string& file);

}  // namespace logmargin
