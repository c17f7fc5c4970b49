#pragma once

#include "logmargin/measure/law_approach.hpp"
#include "logmargin/measure/rate_fit.hpp"

namespace logmargin {

/// HorizonValues holds what one network shows at the horizon by its state alone. All but the first two are zero unless
/// it converges.
struct HorizonValues {
  Outcome outcome;
  int dead_points;
  double limiting_constant;
  ExpectedLaw law;  ///< whose constant it is
  double margin;
  double excess;          ///< |gap - limiting_gap|
  double log10_t_of_law;  ///< from which on it can tell of the law; see log10_t_of_law
  bool limit_met;         ///< the gap's limit is positive, and the excess within theory_tolerance of it

  LOGMARGIN_HOST_DEVICE bool converging() const { return outcome == Outcome::converging; }
};

/// Returns what a network shows at the horizon. outcome: classify's, which sees the number that the state is kept in.
/// seen: the network's observation at t.
LOGMARGIN_HOST_DEVICE_CALLED HorizonValues horizon_values(const Problem& problem, const Network<double>& network,
                                                          const Observation<double>& seen, Outcome outcome, double t) {
  HorizonValues values = {outcome, dead_points(network), 0.0, expectation_of(problem.method).law, 0.0, 0.0, 0.0, false};
  if (!values.converging()) return values;
  const double limit = limiting_gap(problem);
  values.limiting_constant = limiting_constant(problem, network);
  values.margin = seen.margin;
  values.excess = absolute(seen.gap - limit);
  values.log10_t_of_law = log10_t_of_law(problem, network, seen.gap, values.limiting_constant, t);
  values.limit_met = limit > 0.0 && values.excess <= theory_tolerance * limit;
  return values;
}

/// FitValues holds what a converging network shows of one fit.
struct FitValues {
  RateFit rates;
  double constant_ratio;  ///< the fitted constant of the expected law over the limiting one
};

/// Returns what a network shows of one fit. Precondition: every recorded t of the window has been added to the sums.
LOGMARGIN_HOST_DEVICE_CALLED FitValues fit_values(const HorizonValues& values, const FitSums<double>& sums,
                                                  const FitWindow& window) {
  const RateFit rates = fit_rates(sums, window);
  const double constant =
      values.law == ExpectedLaw::inverse_power ? inverse_power_constant(sums, window) : rates.inverse_log_constant;
  return {rates, constant / values.limiting_constant};
}

/// LawCheck is what a converging network says of its law at the horizon.
enum class LawCheck : int {
  agrees,         ///< what the law is about is within theory_tolerance of what it says
  too_early,      ///< it is not, and the law's own next-order term is not small yet
  contradicts,    ///< it is not, although that term is small
  not_determined  ///< the law or the fit is not known
};
inline constexpr int law_checks = 4;

/// Returns what a network says of its law. The law is about the constant of the run's own fit or, where a gap remains,
/// about that gap. A gap that does not move yet has no fit, and is too early. t: the horizon.
LOGMARGIN_HOST_DEVICE_CALLED LawCheck check_law(const Problem& problem, const HorizonValues& values,
                                                double constant_ratio, double t) {
  const bool limit_remains = limiting_gap(problem) > 0.0;
  const double deviation = absolute(constant_ratio - 1.0);
  const bool law_known =
      values.law != ExpectedLaw::none && (limit_remains || values.limiting_constant == values.limiting_constant);
  if (!law_known) return LawCheck::not_determined;
  if (limit_remains ? values.limit_met : deviation <= theory_tolerance) return LawCheck::agrees;
  const bool can_tell = logarithm(t) * inverse_of_ln_10 >= values.log10_t_of_law;
  if (!can_tell) return LawCheck::too_early;
  const bool fitted = limit_remains || deviation < std::numeric_limits<double>::infinity();
  return fitted ? LawCheck::contradicts : LawCheck::not_determined;
}

}  // namespace logmargin
