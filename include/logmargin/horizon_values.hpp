#pragma once

#include "logmargin/outcome.hpp"
#include "logmargin/rate_fit.hpp"

namespace logmargin {

/// What one network shows at the horizon. All but outcome and dead points are zero unless it converges.
struct HorizonValues {
  Outcome outcome;
  int dead_points;
  Dip<double> dip;
  RateFit fit;
  double limiting_constant;
  double constant_ratio;  ///< the fitted C over the limiting one

  LOGMARGIN_HOST_DEVICE bool converging() const { return outcome == Outcome::converging; }
};

/// Precondition: every recorded t has been added to the dip, and every one of the window to the sums. Number is double
/// or, in mixed precision, Pair<float>.
template <class Number>
LOGMARGIN_HOST_DEVICE HorizonValues horizon_values(const Problem& problem, const Network<Number>& network,
                                                   const Dip<double>& dip, const FitSums<double>& sums,
                                                   const FitWindow& window) {
  const Network<double> seen = widen(network);
  HorizonValues values{};
  values.outcome = classify(problem, network);
  values.dead_points = dead_points(seen);
  if (!values.converging()) return values;
  values.dip = dip;
  values.fit = fit_rates(sums, window);
  values.limiting_constant = limiting_constant(problem, seen);
  values.constant_ratio = values.fit.inverse_log_constant / values.limiting_constant;
  return values;
}

}  // namespace logmargin
