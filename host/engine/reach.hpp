#pragma once

#include "host/engine/engine.hpp"

namespace logmargin {

/// How a cell of coupled data, or of another method than gradient descent on the exponential loss, can be taken to its
/// horizon.
struct Reach {
  bool by_leaps;          ///< every network looked at leaps
  double lockstep_hours;  ///< estimated, of the whole cell, on so many threads of this machine
};

/// Looks at some of the cell's trials, which have to be all of the run's for all shards to decide alike. Decoupled data
/// always leap, other methods that take steps never. Throws Interrupted.
Reach reach_of(const CellRun& cell, double horizon, unsigned threads, const RunControl& control);

/// The cell with the stepping it is to be run with, which a method without steps does not look at: lockstep to the end
/// for what does not leap, where the horizon can be waited for. Throws UsageError, with the hours it would take, where
/// it cannot.
CellRun within_reach(CellRun cell, double horizon, unsigned threads, const RunControl& control);

/// For a rare network that has no closed form from t on although those looked at had one. Always throws.
[[noreturn]] void refuse_network_out_of_reach(double to_t, double t);

/// For a path that was given up on its way to t. Always throws.
[[noreturn]] void refuse_stiff_path(double to_t);

}  // namespace logmargin
