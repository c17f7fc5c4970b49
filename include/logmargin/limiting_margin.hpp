#pragma once

#include <limits>

#include "logmargin/observation.hpp"

namespace logmargin {

/// lim gamma/gamma_star of a network that stays specialised at both points, under methods whose active pre-activations
/// grow without bound and alike: gradient descent and flow, normalised descent, momentum. NaN for kappa_12 > 0, which
/// lifts the inactive neurons until they fire again.
///
/// Each neuron then points where its own point pulls it, w_j ~ x_j, b_j ~ 1, whatever it started from: in the limit
/// pre-activations are like (1, kappa_12/kappa_11, kappa_12/kappa_22, 1), and nothing frozen counts. It is 1 where
/// |x_1| = |x_2|, and for decoupled points whose line meets the origin.
LOGMARGIN_HOST_DEVICE double limiting_margin_ratio(const Problem& problem) {
  if (!(problem.rate_coupling <= 0.0)) return std::numeric_limits<double>::quiet_NaN();
  if (problem.gap_vanishes()) return 1.0;
  const Network<double> direction = {1.0, problem.rate_coupling / problem.rate_positive,
                                     problem.rate_coupling / problem.rate_negative, 1.0};
  return observe(problem, direction, FrozenPart<double>{}).margin / problem.optimal_margin;
}

}  // namespace logmargin
