#pragma once

#include "logmargin/outcome.hpp"
#include "logmargin/rate_fit.hpp"

namespace logmargin {

/// What one network shows at the horizon by its state alone. The constant is zero unless it converges.
struct HorizonValues {
  Outcome outcome;
  int dead_points;
  double limiting_constant;
  ExpectedLaw law;  ///< whose constant it is

  LOGMARGIN_HOST_DEVICE bool converging() const { return outcome == Outcome::converging; }
};

/// outcome: classify's, which sees the number that the state is kept in.
LOGMARGIN_HOST_DEVICE HorizonValues horizon_values(const Problem& problem, const Network<double>& network,
                                                   Outcome outcome) {
  const bool converges = outcome == Outcome::converging;
  return {outcome, dead_points(network), converges ? limiting_constant(problem, network) : 0.0,
          expectation_of(problem.method).law};
}

/// What a converging network shows of one fit.
struct FitValues {
  RateFit rates;
  double constant_ratio;  ///< the fitted constant of the expected law over the limiting one
};

/// Precondition: every recorded t of the window has been added to the sums.
LOGMARGIN_HOST_DEVICE FitValues fit_values(const HorizonValues& values, const FitSums<double>& sums,
                                           const FitWindow& window) {
  const RateFit rates = fit_rates(sums, window);
  const double constant =
      values.law == ExpectedLaw::inverse_power ? inverse_power_constant(sums, window) : rates.inverse_log_constant;
  return {rates, constant / values.limiting_constant};
}

}  // namespace logmargin
