#pragma once

#include <string_view>

namespace logmargin {

/// What steps are computed in, and states kept in between them.
enum class Precision : int {
  in_double,  ///< doubles
  mixed       ///< pairs of floats, the exponential in float: for GPUs slow in double
};

/// "double" or "mixed".
std::string_view precision_word(Precision precision);
/// Throws UsageError for another word.
Precision parse_precision(std::string_view text);

}  // namespace logmargin
