#pragma once

#include "kernels/counted_value.hpp"
#include "kernels/network_columns.hpp"
#include "kernels/tally_shape.hpp"

namespace logmargin {

/// One network at the horizon: its categories, and its values where it converges.
struct FinishedNetwork {
  Outcome outcome;
  int dead_points;
  bool converging;
  FittedLaw best;
  double dip_t;
  double value[HorizonShape::quantities];
};

template <class Number>
LOGMARGIN_HOST_DEVICE FinishedNetwork finish_network(const Problem& problem, const FitWindow& window,
                                                     const NetworkColumns<Number>& columns, std::size_t i) {
  const auto network = columns.state.template load<Network<Number>>(0, i);
  const Network<double> seen = widen(network);
  FinishedNetwork finished{};
  finished.outcome = classify(problem, network);
  finished.dead_points = dead_points(seen);
  finished.converging = finished.outcome == Outcome::converging;
  if (!finished.converging) return finished;
  const auto dip = columns.tracks.template load<Dip<double>>(0, i);
  const RateFit fit = fit_rates(columns.tracks.template load<FitSums<double>>(first_fit_column, i), window);
  const double limit = limiting_constant(problem, seen);
  finished.best = fit.best;
  finished.dip_t = dip.t;
  finished.value[HorizonShape::dip_margin] = dip.margin;
  finished.value[HorizonShape::inverse_log_constant] = fit.inverse_log_constant;
  finished.value[HorizonShape::limiting_constant] = limit;
  finished.value[HorizonShape::constant_ratio] = fit.inverse_log_constant / limit;
  finished.value[HorizonShape::inverse_log_r2] = fit.inverse_log_r2;
  finished.value[HorizonShape::log_exponent] = fit.log_exponent;
  finished.value[HorizonShape::power_exponent] = fit.power_exponent;
  return finished;
}

}  // namespace logmargin
