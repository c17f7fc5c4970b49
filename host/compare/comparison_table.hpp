#pragma once

#include <string>

#include "host/compare/comparison.hpp"

namespace logmargin {

/// Returns the comparison as a terminal shows it, at most 80 columns wide: a page a cell, or, of more than four cells,
/// a row each and the largest differences.
std::string comparison_table(const Comparison& comparison);

}  // namespace logmargin
