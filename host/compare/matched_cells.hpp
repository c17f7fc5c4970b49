#pragma once

#include <cstddef>
#include <utility>
#include <vector>

#include "host/results/cell_axes.hpp"

namespace logmargin {

/// MatchedCells says which cells of two folders are compared, by their indices.
struct MatchedCells {
  std::vector<std::pair<std::size_t, std::size_t>> pairs;  ///< a cell of A and one of B, in the order of A
  std::vector<std::size_t> in_a_alone, in_b_alone;
  std::vector<std::size_t> varying;  ///< axes, as places in axis_names, that take several values in A or in B
};

/// Matches the cells that have the same value on each axis. An axis of one value in A and one in B does not keep cells
/// apart, even where the two differ: that is what is compared. Where several cells are the same, the first goes with
/// the first.
MatchedCells match_cells(const std::vector<AxisValues>& a, const std::vector<AxisValues>& b);

}  // namespace logmargin
