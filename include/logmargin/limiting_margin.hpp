#pragma once

#include "logmargin/observation.hpp"

namespace logmargin {

/// lim gamma/gamma_star of a network specialised for good, under any optimiser that moves each neuron along its own
/// point and both points' margins alike: its direction is z = (1, G_12/G_11, G_12/G_22, 1). 1 where norms are equal or
/// the points decouple. NaN for G_12 > 0, which lifts inactive neurons until they fire again.
LOGMARGIN_HOST_DEVICE double limiting_margin_ratio(const Problem& problem) {
  if (problem.rate_coupling > 0.0) return std::numeric_limits<double>::quiet_NaN();
  const Network<double> direction = {1.0, problem.rate_coupling / problem.rate_positive,
                                     problem.rate_coupling / problem.rate_negative, 1.0};
  return observe(problem, direction).margin / problem.optimal_margin;
}

}  // namespace logmargin
