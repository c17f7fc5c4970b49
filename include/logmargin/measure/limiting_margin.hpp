#pragma once

#include "logmargin/model/observation.hpp"

namespace logmargin {

/// LateWeights says how fast each margin's loss falls late on, for a network that converges with kappa_12 > 0 under
/// gradient descent or flow: exp(-m_i) goes like c_i/t.
///
/// Each point pushes the other's neuron up until that fires there too. It is then held at zero, firing in some of the
/// steps, if its own push back there is the stronger: kappa_12 < kappa_ii of that point. The neuron of a point of
/// kappa_ii < kappa_12 fires at both points instead; the other's is held at zero. Both cannot be, for
/// kappa_12^2 < kappa_11 kappa_22.
struct LateWeights {
  double first, second;
};

LOGMARGIN_HOST_DEVICE LateWeights late_weights(const Problem& problem) {
  // Over the larger rate, so that products stay in the range of double.
  const double scale = larger(problem.rate_positive, problem.rate_negative);
  const double k11 = problem.rate_positive / scale;
  const double k22 = problem.rate_negative / scale;
  const double k12 = problem.rate_coupling / scale;
  const double both = k11 * k22 - k12 * k12;
  if (k12 > k22) return {(k22 + k12) / (2.0 * both), (both + k11 * k22 + k12 * k22) / (2.0 * k22 * both)};
  if (k12 > k11) return {(both + k11 * k22 + k12 * k11) / (2.0 * k11 * both), (k11 + k12) / (2.0 * both)};
  return {k22 / both, k11 / both};
}

/// Returns the limit of the pre-activations over ln t, or over t, up to a common factor, for a network that converges
/// under a method whose active pre-activations grow without bound and alike: gradient descent and flow, normalised
/// descent, momentum. Where kappa_12 <= 0 each neuron points where its own point pulls it, w_j ~ x_j, b_j ~ 1. What a
/// network started from counts no more in the limit.
LOGMARGIN_HOST_DEVICE Network<double> limiting_direction(const Problem& problem) {
  const double k11 = problem.rate_positive;
  const double k22 = problem.rate_negative;
  const double k12 = problem.rate_coupling;
  if (k12 <= 0.0) return {1.0, k12 / k11, k12 / k22, 1.0};
  const LateWeights late = late_weights(problem);
  const double scale = larger(k11, k22);
  const double first_at_second = k12 > k11 ? (k12 * late.first - k22 * late.second) / scale : 0.0;
  const double second_at_first = k12 > k22 ? (k12 * late.second - k11 * late.first) / scale : 0.0;
  // The margins grow alike, with ln t.
  return {1.0 + second_at_first, first_at_second, second_at_first, 1.0 + first_at_second};
}

/// Returns the limit of the gap of a network that converges under such a method; it is 0 but for unequal norms.
LOGMARGIN_HOST_DEVICE double limiting_gap(const Problem& problem) {
  if (problem.gap_vanishes()) return 0.0;
  const Network<double> direction = limiting_direction(problem);
  return problem.offset == 0.0 ? observe(problem, direction).gap
                               : observe(problem, direction, OrthogonalComponent<double>{}).gap;
}

/// Returns the limit of gamma/gamma_star of such a network.
LOGMARGIN_HOST_DEVICE double limiting_margin_ratio(const Problem& problem) {
  return 1.0 - limiting_gap(problem) / problem.optimal_margin;
}

}  // namespace logmargin
