#pragma once

#include <string_view>

namespace logmargin {

/// Precision says what steps are computed in, and what states are kept in between them.
enum class Precision : int {
  in_double,  ///< doubles
  mixed       ///< pairs of floats, the exponential in float: for GPUs slow in double
};

/// Returns "double" or "mixed".
std::string_view precision_word(Precision precision);
/// Reads "double" or "mixed". Throws UsageError for another word.
Precision parse_precision(std::string_view text);

}  // namespace logmargin
