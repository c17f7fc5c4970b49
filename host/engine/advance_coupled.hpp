#pragma once

#include "host/engine/engine.hpp"

namespace logmargin {

/// Steps that one network of coupled points may take one by one in a run that leaps; some tenths of a second.
inline constexpr double most_steps_one_by_one = 1e7;

/// A network of coupled points at the t it came to, and the steps left from there.
struct AdvanceResult {
  Network<double> network;
  double reached_t;
  double steps_left;
  double steps_one_by_one;
};

/// Takes a network of coupled points towards to_t: by leaps while each active pre-activation climbs on its own and
/// until the next neuron starts to fire, step by step otherwise, and by no more such steps than most_one_by_one. Throws
/// Interrupted.
AdvanceResult advance_coupled(const Problem& problem, Network<double> network, double from_t, double to_t,
                              double most_one_by_one, const RunControl& control);

}  // namespace logmargin
