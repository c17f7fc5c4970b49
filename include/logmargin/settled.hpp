#pragma once

#include <limits>

#include "logmargin/leap.hpp"
#include "logmargin/outcome.hpp"

namespace logmargin {

/// A network specialised at both points, from where on its whole future is in closed form: the two active
/// pre-activations climb on their own, z_ii = ln kappa_ii + ln A^-1(phase_i + t), and the two inactive ones follow them
/// in proportion, z_ki = intercept + ratio z_ii.
struct Settled {
  double from_t;  ///< steps after which this holds
  double log_rate_first, log_rate_second;
  double phase_first, phase_second;
  double ratio_first, ratio_second;  ///< kappa_12/kappa_11, kappa_12/kappa_22
  double intercept_z12, intercept_z21;
  bool continuous = false;  ///< of gradient flow, where A is the identity
};

/// Specialised for good, and late enough for the Abel function. kappa_12 > 0 would lift the inactive neurons again.
LOGMARGIN_HOST_DEVICE bool settles(const Problem& problem, const Network<double>& network) {
  return specialised(network) && problem.rate_coupling <= 0.0 &&
         !too_early_to_leap(problem.rate_positive, network.z11) &&
         !too_early_to_leap(problem.rate_negative, network.z22) &&
         !climbs_far_away(problem.rate_positive, network.z11) && !climbs_far_away(problem.rate_negative, network.z22);
}

/// Precondition: settles(problem, network), the network's state after t steps.
LOGMARGIN_HOST_DEVICE Settled make_settled(const Problem& problem, const Network<double>& network, double t) {
  const double ratio_first = problem.rate_coupling / problem.rate_positive;
  const double ratio_second = problem.rate_coupling / problem.rate_negative;
  return {t,
          logarithm(problem.rate_positive),
          logarithm(problem.rate_negative),
          phase_of(problem.rate_positive, network.z11, t),
          phase_of(problem.rate_negative, network.z22, t),
          ratio_first,
          ratio_second,
          network.z12 - ratio_first * network.z11,
          network.z21 - ratio_second * network.z22};
}

/// A settled network at one ln t, and how fast its active pre-activations rise with ln t there.
struct LateState {
  Network<double> network;
  double slope_first, slope_second;  ///< dz_11/d ln t, dz_22/d ln t
};

/// ln A^-1(phase + t) and its derivative by ln t. Late enough, phase and logarithm are lost against t.
struct LateClimb {
  double ln_u, slope;
};

LOGMARGIN_HOST_DEVICE LateClimb late_climb(double phase, double ln_t, bool continuous) {
  if (ln_t >= 600.0) return {ln_t, 1.0};  // before t leaves the double range
  const double t = exponential(ln_t);
  if (t > 0x1p66 && absolute(phase) < t * 0x1p-60) return {ln_t, 1.0};
  const double u = continuous ? phase + t : inverse_abel(phase + t);
  return {logarithm(u), t / u};
}

/// ln t of where late states begin: t = 0 has none, by 1e-300 nothing has moved in continuous time.
LOGMARGIN_HOST_DEVICE double ln_of_first_t(const Settled& settled) {
  return logarithm(larger(settled.from_t, settled.continuous ? 1e-300 : 1.0));
}

/// Any ln t >= ln from_t; t itself may be beyond the double range.
LOGMARGIN_HOST_DEVICE LateState late_state(const Settled& settled, double ln_t) {
  const LateClimb first = late_climb(settled.phase_first, ln_t, settled.continuous);
  const LateClimb second = late_climb(settled.phase_second, ln_t, settled.continuous);
  LateState late{};
  late.slope_first = first.slope;
  late.slope_second = second.slope;
  late.network.z11 = settled.log_rate_first + first.ln_u;
  late.network.z22 = settled.log_rate_second + second.ln_u;
  late.network.z12 = lane<double>::fma(settled.ratio_first, late.network.z11, settled.intercept_z12);
  late.network.z21 = lane<double>::fma(settled.ratio_second, late.network.z22, settled.intercept_z21);
  return late;
}

}  // namespace logmargin
