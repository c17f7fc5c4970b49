#pragma once

#include "host/engine/engine.hpp"
#include "logmargin/initial/start_in_space.hpp"

namespace logmargin {

/// Returns a trial of the cell before the first step; on the line it has no orthogonal component.
inline SpatialStart trial_start(const CellRun& cell, std::uint64_t trial) {
  if (!cell.problem.multi_dimensional) return {initial_weights(cell.laws, cell.seed, trial), {}};
  return initial_start(cell.problem, cell.laws, cell.directions.axes(), cell.seed, trial);
}

}  // namespace logmargin
