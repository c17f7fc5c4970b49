#pragma once

#include "host/engine/engine.hpp"

namespace logmargin {

/// Feasibility says how a cell can be taken to its horizon. It matters for coupled data, and for other methods than
/// gradient descent on the exponential loss.
struct Feasibility {
  bool by_leaps;            ///< every network looked at leaps
  double lockstep_hours;    ///< estimated, of the whole cell step by step, on so many threads of this machine
  double unresolved_share;  ///< of the networks looked at, those that do not come to the horizon by leaps
};

/// Looks at some of the cell's trials. The cell has to hold all of the run's trials, for all shards to decide alike.
/// Decoupled data always leap, other methods that take steps never. Throws Interrupted.
Feasibility feasibility_of(const CellRun& cell, double horizon, unsigned threads, const RunControl& control);

/// Returns the stepping that a cell is run with, which a method without steps does not look at. It is lockstep to the
/// end for what does not leap, where the horizon can be waited for.
Stepping stepping_if_feasible(const CellRun& cell, double horizon, const Feasibility& feasibility);

/// Returns the cell with that stepping. Throws UsageError, with the hours it would take, where a horizon can neither be
/// leapt to by most networks nor be waited for.
CellRun choose_stepping(CellRun cell, double horizon, unsigned threads, const RunControl& control);

}  // namespace logmargin
