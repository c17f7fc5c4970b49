#pragma once

#include <limits>

#include "logmargin/initial/start_in_space.hpp"

namespace logmargin {

/// Where a cell's networks come from: trial i is initial_weights(weight_law, bias_law, seed, i) on the problem's data,
/// in space its initial_start; and how they move: one by one while t <= lockstep_until, beyond by leaps where
/// with_stepper knows some.
struct TrialSource {
  Problem problem;
  ParameterLaw weight_law;
  ParameterLaw bias_law;
  std::uint64_t seed;
  double lockstep_until = std::numeric_limits<double>::infinity();
  SpaceAxes axes = {};  ///< of points in space

  LOGMARGIN_HOST_DEVICE bool leaps() const { return lockstep_until < std::numeric_limits<double>::infinity(); }
};

}  // namespace logmargin
