#pragma once

#include "host/engine/engine.hpp"
#include "host/engine/stepping_check.hpp"

namespace logmargin {

/// Adds one network to the check, after t steps by leaps and in lockstep. Throws std::runtime_error where the two
/// differ by more than LeapCheck::most_difference and by more than lockstep itself is uncertain. That is half a unit in
/// the last place a step; it matters for pre-activations above 200 or so.
void compare(LeapCheck& check, const Network<double>& leapt, const Network<double>& stepped, double t);

/// Returns a network whose pre-activations differ from this one's in their last place.
Network<double> nudged(const Network<double>& network);

/// Returns the largest difference of two networks' pre-activations, each relative to its size or to 1 where that is
/// larger. It is 0 where one of them is not finite.
double relative_change(const Network<double>& network, const Network<double>& other);

/// Says whether rounding may grow in a network of such a cell: it does not in closed forms of decoupled data or on
/// paths, and pairs of floats do not hold it.
bool may_amplify(const Problem& problem, Precision precision);

/// Follows so many trials of a cell twice: those that leap also in lockstep, others also nudged, where rounding may
/// grow. Throws as compare does.
void check_stepping_of(const CellRun& cell, double horizon, std::size_t networks, RunControl& control,
                       LeapCheck& check);

}  // namespace logmargin
