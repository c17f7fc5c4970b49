#pragma once

#include "logmargin/measure/limiting_margin.hpp"
#include "logmargin/measure/outcome.hpp"

namespace logmargin {

/// Returns how fast the active pre-activations of a converging network grow late on: what they gain each time ln t
/// rises by one, or each step where the law is inverse_power. It is NaN where that is not known.
///
/// Loss-normalised descent moves them by kappa_ii times twice the softmax weight, which comes to rest where both are
/// equal: by 2/(1/kappa_11 + 1/kappa_22) a step, if that is below 2; beyond, the weights swing without end.
LOGMARGIN_HOST_DEVICE double late_growth(const Problem& problem) {
  const Expectation expectation = expectation_of(problem.method);
  if (expectation.law == ExpectedLaw::inverse_log) return expectation.growth;
  const double a_step = 2.0 / (1.0 / problem.rate_positive + 1.0 / problem.rate_negative);
  const bool known = expectation.law == ExpectedLaw::inverse_power && a_step < 2.0;
  return known ? a_step : std::numeric_limits<double>::quiet_NaN();
}

/// LateLeads holds the leads of a converging network late on, as lines in ln t under gradient descent: their difference
/// goes to difference_slope ln t + difference, their sum to sum_slope ln t + sum.
///
/// With r_1 = kappa_12/kappa_11 and r_2 = kappa_12/kappa_22 the combinations i_12 = z_12 - r_1 z_11 and
/// i_21 = z_21 - r_2 z_22 no longer move, and z_ii = ln kappa_ii + ln t + o(1). For kappa_12 > 0 the leads are the
/// margins, ln t - ln c_i with the c_i of late_weights; the sum is then that of a kappa of 1.
struct LateLeads {
  double difference_slope, difference;
  double sum_slope, sum;
};

/// Returns the late leads of a network. Precondition: converges(problem, network).
LOGMARGIN_HOST_DEVICE LateLeads late_leads(const Problem& problem, const Network<double>& network) {
  if (problem.rate_coupling > 0.0) {
    const LateWeights late = late_weights(problem);
    return {0.0, logarithm(late.second / late.first), 2.0, -logarithm(late.first * late.second)};
  }
  const double ratio_first = problem.rate_coupling / problem.rate_positive;
  const double ratio_second = problem.rate_coupling / problem.rate_negative;
  const double intercept_12 = network.z12 - ratio_first * network.z11;
  const double intercept_21 = network.z21 - ratio_second * network.z22;
  const double log_rate_first = logarithm(problem.rate_positive);
  const double log_rate_second = logarithm(problem.rate_negative);
  return {
      ratio_first - ratio_second,
      ((1.0 + ratio_first) * log_rate_first - (1.0 + ratio_second) * log_rate_second) + (intercept_12 - intercept_21),
      (1.0 - ratio_first) + (1.0 - ratio_second),
      ((1.0 - ratio_first) * log_rate_first + (1.0 - ratio_second) * log_rate_second) - (intercept_12 + intercept_21)};
}

/// Returns the limit of |gap - limiting_gap| ln t for a network that converges; times t where the optimiser's law is
/// inverse_power. It is NaN where that is not known. For the default data it is |z_21 - z_12|/2.
///
/// The gap gamma_star |A ln t + B|/(C ln t + D) of the late leads goes to its limit like
/// gamma_star |B - A D/C|/(C ln t). A neuron's own zero cannot rule the margin in the end: that would need
/// z_11 z_22 <= z_12 z_21, but kappa_12^2 < kappa_11 kappa_22.
///
/// What else a network in space has beside the line is lost against ln t, unless the points' line misses the origin:
/// then this is known where the gap vanishes. Other optimisers end with the same difference of the leads, and their sum
/// grows late_growth times as fast.
LOGMARGIN_HOST_DEVICE double limiting_constant(const Problem& problem, const Network<double>& network) {
  constexpr double not_known = std::numeric_limits<double>::quiet_NaN();
  if (!converges(problem, network)) return not_known;
  const double growth = late_growth(problem);
  const bool inverse_log = expectation_of(problem.method).law == ExpectedLaw::inverse_log;
  const LateLeads late = late_leads(problem, network);
  const double of_sum = problem.optimal_margin / (late.sum_slope * growth);
  if (problem.rate_coupling > 0.0) {
    // Momentum may end otherwise, and equal norms leave a gap that falls faster.
    const bool known = problem.offset == 0.0 && late.difference != 0.0 && inverse_log && growth == 1.0;
    return known ? absolute(late.difference) * of_sum : not_known;
  }
  if (problem.gap_vanishes()) return absolute(late.difference) * of_sum;
  if (problem.offset != 0.0 || !inverse_log) return not_known;
  return absolute(late.difference - late.difference_slope * late.sum / late.sum_slope) * of_sum;
}

}  // namespace logmargin
