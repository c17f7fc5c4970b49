#pragma once

#include "host/engine/engine.hpp"

namespace logmargin {

/// How well leaps agree with lockstep on a sample of a run's networks.
struct LeapCheck {
  std::uint64_t networks = 0;     ///< compared
  double largest_difference = 0;  ///< of any pre-activation, of networks where rounding stays below most_difference
  double at_t = 0;                ///< the last t both reached

  /// Beyond this the run is not to be trusted.
  static constexpr double most_difference = 1e-10;
};

/// Adds one network, after t steps by leaps and in lockstep. Throws std::runtime_error where they differ by more than
/// LeapCheck::most_difference and by more than lockstep itself is uncertain, which is half a unit in the last place a
/// step: for pre-activations above 200 or so.
void compare(LeapCheck& check, const Network<double>& leapt, const Network<double>& stepped, double t);

/// Follows some trials of a cell both ways and compares them; none of a method without steps. Throws as compare does.
void check_leaps(const CellRun& cell, double horizon, std::size_t networks, RunControl& control, LeapCheck& check);

}  // namespace logmargin
