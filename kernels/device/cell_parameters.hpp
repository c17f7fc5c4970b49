#pragma once

#include <limits>

#include "logmargin/initial/start_in_space.hpp"

namespace logmargin {

/// Where a cell's networks come from: trial i is initial_weights(weight_distribution, bias_distribution, seed, i) on
/// the problem's data, in space its initial_start; and how they move: one by one while t <= lockstep_until, beyond by
/// leaps where with_stepper knows some.
struct CellParameters {
  Problem problem;
  InitialDistribution weight_distribution;
  InitialDistribution bias_distribution;
  std::uint64_t seed;
  double lockstep_until = std::numeric_limits<double>::infinity();
  SpaceAxes axes = {};  ///< of points in space

  LOGMARGIN_HOST_DEVICE bool leaps() const { return lockstep_until < std::numeric_limits<double>::infinity(); }
};

}  // namespace logmargin
