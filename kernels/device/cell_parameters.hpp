#pragma once

#include <limits>

#include "logmargin/initial/start_in_space.hpp"

namespace logmargin {

/// CellParameters says where a cell's networks come from and how they move. Trial i starts from
/// initial_weights(weight_distribution, bias_distribution, seed, i) on the problem's data, in space from its
/// initial_start. Networks take their steps one by one while t <= lockstep_until. Beyond that they leap where
/// with_stepper knows leaps.
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
