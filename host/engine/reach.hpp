#pragma once

#include "host/engine/engine.hpp"

namespace logmargin {

/// How a cell of coupled data can be taken to its horizon.
struct Reach {
  bool by_leaps;          ///< every network looked at leaps
  double lockstep_hours;  ///< estimated, of the whole cell, on so many threads of this machine
};

/// Looks at some of the cell's trials. Decoupled data always leap. Throws Interrupted.
Reach reach_of(const CellRun& cell, double horizon, unsigned threads, const RunControl& control);

/// The cell with the stepping it is to be run with: lockstep where its networks do not leap, but the horizon can be
/// waited for. Throws UsageError, with the hours it would take, where it cannot.
CellRun within_reach(CellRun cell, double horizon, unsigned threads, const RunControl& control);

/// For a network that did not leap although those looked at did. Always throws.
[[noreturn]] void refuse_out_of_reach(double horizon, double hours);

}  // namespace logmargin
