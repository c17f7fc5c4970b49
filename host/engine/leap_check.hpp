#pragma once

#include "host/engine/engine.hpp"

namespace logmargin {

/// How a sample of a run's networks answers to a change of their start in the last place.
struct Sensitivity {
  std::uint64_t networks = 0;  ///< followed twice
  std::uint64_t chaotic = 0;   ///< of these, those whose change has grown beyond most_growth
  double largest_change = 0;   ///< of any pre-activation at the end
  double at_t = 0;             ///< the last t both reached

  /// Beyond this, relative to a pre-activation or to 1 where that is larger, a network is chaotic: rounding alone is
  /// amplified some million times less.
  static constexpr double most_growth = 1e-9;

  bool operator==(const Sensitivity&) const = default;
};

/// How well leaps agree with lockstep on a sample of a run's networks.
struct LeapCheck {
  std::uint64_t networks = 0;     ///< compared
  double largest_difference = 0;  ///< of any pre-activation, of networks where rounding stays below most_difference
  double at_t = 0;                ///< the last t both reached
  Sensitivity sensitivity = {};   ///< of cells without leaps

  /// Beyond this the run is not to be trusted.
  static constexpr double most_difference = 1e-10;
};

/// Adds one network, after t steps by leaps and in lockstep. Throws std::runtime_error where they differ by more than
/// LeapCheck::most_difference and by more than lockstep itself is uncertain, which is half a unit in the last place a
/// step: for pre-activations above 200 or so.
void compare(LeapCheck& check, const Network<double>& leapt, const Network<double>& stepped, double t);

/// A network whose pre-activations differ from this one's in their last place.
Network<double> nudged(const Network<double>& network);

/// The largest difference of two networks' pre-activations, each relative to its size or to 1 where that is larger; 0
/// where one of them is not finite.
double relative_change(const Network<double>& network, const Network<double>& other);

/// Follows some trials of a cell without leaps and their nudged twins.
void check_sensitivity(const CellRun& cell, double horizon, std::size_t networks, RunControl& control,
                       Sensitivity& sensitivity);

/// Follows some trials of a cell both ways and compares them; none of a method without steps. Throws as compare does.
void check_leaps(const CellRun& cell, double horizon, std::size_t networks, RunControl& control, LeapCheck& check);

}  // namespace logmargin
