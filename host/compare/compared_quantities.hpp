#pragma once

#include <vector>

#include "host/compare/comparison.hpp"
#include "host/results/cell_summary.hpp"

namespace logmargin {

/// Returns the quantities of two cells at the horizon, with the times to the gaps that both know. Intervals are there
/// where histograms of the cells were read.
std::vector<ComparedQuantity> compared_quantities(const CellResults& a, const CellResults& b);

}  // namespace logmargin
