#pragma once

#include <string>

#include "host/compare/comparison.hpp"

namespace logmargin {

/// Returns what differs between two cells, in lines of at most 80 columns.
std::string cell_page(const ComparedCell& cell);

}  // namespace logmargin
