#pragma once

#include "host/engine/engine.hpp"

namespace logmargin {

/// The effort that one network of coupled points may take in a run that leaps, in steps taken one by one; some tenths
/// of a second. A leap counts as many steps as it takes the time of.
inline constexpr double most_steps_one_by_one = 1e7;

/// A network of coupled points at the t it came to, and the steps left from there.
struct AdvanceResult {
  Network<double> network;
  double reached_t;
  double steps_left;
  double steps_one_by_one;
  double effort;  ///< in steps
};

/// Takes a network of coupled points towards to_t: by leaps while each active pre-activation climbs on its own and
/// until the next neuron starts to fire, step by step otherwise, and with no more effort than most_effort. Throws
/// Interrupted.
AdvanceResult advance_coupled(const Problem& problem, Network<double> network, double from_t, double to_t,
                              double most_effort, const RunControl& control);

}  // namespace logmargin
