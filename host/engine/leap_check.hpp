#pragma once

#include "host/engine/engine.hpp"

namespace logmargin {

/// What leaping did in a run, and how well it agrees with lockstep on a sample of its networks.
struct LeapCheck {
  std::uint64_t networks = 0;     ///< compared
  double largest_difference = 0;  ///< of any pre-activation, in units of the network's largest where that is above 1
  double at_t = 0;                ///< the last t both reached

  /// Beyond this the run is not to be trusted.
  static constexpr double most_difference = 1e-10;
};

/// Follows some trials of a cell both ways and adds the comparison to the check. Throws std::runtime_error where
/// they differ by more than LeapCheck::most_difference.
void check_leaps(const CellRun& cell, double horizon, std::size_t networks, RunControl& control, LeapCheck& check);

}  // namespace logmargin
