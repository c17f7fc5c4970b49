#pragma once

#include <cstdint>

namespace logmargin {

/// Sensitivity says how a sample of a run's networks answers to a change of their start in the last place.
struct Sensitivity {
  std::uint64_t networks = 0;  ///< followed twice
  std::uint64_t chaotic = 0;   ///< of these, those whose change has grown beyond most_growth
  double largest_change = 0;   ///< of any pre-activation at the end
  double at_t = 0;             ///< the last t both reached

  /// A network is chaotic if its change is beyond this, relative to a pre-activation or to 1 where that is larger.
  /// Rounding alone is amplified some million times less.
  static constexpr double most_growth = 1e-9;

  bool operator==(const Sensitivity&) const = default;
};

/// LeapCheck says how well leaps agree with lockstep on a sample of a run's networks.
struct LeapCheck {
  std::uint64_t networks = 0;     ///< compared
  double largest_difference = 0;  ///< of any pre-activation, of networks where rounding stays below most_difference
  double at_t = 0;                ///< the last t both reached
  Sensitivity sensitivity = {};   ///< of cells without leaps

  /// A run with a larger difference is not to be trusted.
  static constexpr double most_difference = 1e-10;
};

}  // namespace logmargin
