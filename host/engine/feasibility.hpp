#pragma once

#include "host/engine/engine.hpp"

namespace logmargin {

/// Feasibility says how a cell can be taken to its horizon. It matters for coupled data, and for other methods than
/// gradient descent on the exponential loss.
struct Feasibility {
  bool has_leaps;           ///< some networks of such a cell may have closed forms in steps
  bool by_leaps;            ///< every network looked at leaps, or follows its path
  double lockstep_hours;    ///< estimated, of the whole cell step by step, on so many threads of this machine
  double unresolved_share;  ///< of the networks looked at, those that do not come to the horizon by leaps
};

/// Looks at some of the cell's trials. The cell has to hold all of the run's trials, for all shards to decide alike.
/// Decoupled data always leap, other methods that take steps never. Throws Interrupted.
Feasibility feasibility_of(const CellRun& cell, double horizon, unsigned threads, const RunControl& control);

/// Returns the stepping with which a sweep to the horizon steps the cell's networks, for one of them to be followed to
/// last_shown as it was there. A network that leaps cannot take it so far is not refused: it becomes unresolved on the
/// way. Throws UsageError as choose_stepping does for what has no closed form at all.
Stepping stepping_in_sweep(CellRun cell, double horizon, double last_shown, unsigned threads);

/// Returns the cell with that stepping. Throws UsageError, with the hours it would take, where a horizon can neither be
/// leapt to by most networks nor be waited for.
CellRun choose_stepping(CellRun cell, double horizon, unsigned threads, const RunControl& control);

}  // namespace logmargin
