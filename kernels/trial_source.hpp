#pragma once

#include "logmargin/initialise.hpp"

namespace logmargin {

/// Where a cell's networks come from: trial i is initial_weights(weight_law, bias_law, seed, i) on the problem's data.
struct TrialSource {
  Problem problem;
  ParameterLaw weight_law;
  ParameterLaw bias_law;
  std::uint64_t seed;
};

}  // namespace logmargin
