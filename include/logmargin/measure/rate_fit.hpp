#pragma once

#include <cmath>
#include <limits>

#include "logmargin/measure/track.hpp"

namespace logmargin {

enum class FittedLaw : int { inverse_log, log_exponent, power_exponent, undefined };
inline constexpr int fitted_laws = 4;

/// RateFit holds the convergence rates of one network over its fit window; a value is NaN where it is undefined.
struct RateFit {
  double inverse_log_constant;  ///< C: 1/slope of 1/gap against ln t
  double inverse_log_r2;        ///< of that line
  double log_exponent;          ///< p: minus the slope of ln gap against ln ln t
  double power_exponent;        ///< q: minus the slope of ln gap against ln t
  FittedLaw best;               ///< least residual in ln gap
};

/// Returns the residual sum of squares of the line of the values against a centred abscissa.
LOGMARGIN_HOST_DEVICE double line_residual(double total_about_mean, double sum_xy, double sum_xx) {
  return total_about_mean - sum_xy * sum_xy / sum_xx;
}

/// NodeValues holds a window's ln gap at its nodes, less a constant: the polynomial in ln t nearest to the values at
/// all points.
struct NodeValues {
  double ln_gap[most_fit_nodes];
  double beside;  ///< sum of squares of what the values have beside that polynomial
};

LOGMARGIN_HOST_DEVICE NodeValues node_values(const FitSums<double>& sums, const FitWindow& window, double total) {
  const FitNodes& nodes = window.nodes;
  double moment[most_fit_nodes] = {0.0, sums.ln_gap_ln_t / std::sqrt(window.sum_of_squares_ln_t)};
  for (int k = 0; k < fit_polynomials; ++k) moment[2 + k] = sums.polynomial[k];
  NodeValues values = {{}, total};
  for (int j = 1; j < nodes.count; ++j) values.beside -= moment[j] * moment[j];
  for (int i = 0; i < nodes.count; ++i) {
    for (int j = 1; j < nodes.count; ++j) values.ln_gap[i] += moment[j] * nodes.polynomial[i][j];
  }
  return values;
}

/// BentLine holds the sum of squares of ln gap + ln(1 + bend x) - constant over the nodes, x their places, and its
/// slope and curvature by bend, the latter as Gauss and Newton have it.
struct BentLine {
  double residual, slope, curvature;
};

LOGMARGIN_HOST_DEVICE BentLine bent_line(const NodeValues& values, const FitWindow& window, double bend) {
  const FitNodes& nodes = window.nodes;
  double miss[most_fit_nodes];
  double change[most_fit_nodes];
  double mean_miss = 0.0;
  double mean_change = 0.0;
  for (int i = 0; i < nodes.count; ++i) {
    const double factor = 1.0 + bend * nodes.place[i];
    miss[i] = values.ln_gap[i] + logarithm(factor);
    change[i] = nodes.place[i] / factor;
    mean_miss += nodes.weight[i] * miss[i] / static_cast<double>(window.count);
    mean_change += nodes.weight[i] * change[i] / static_cast<double>(window.count);
  }
  BentLine line = {0.0, 0.0, 0.0};
  for (int i = 0; i < nodes.count; ++i) {
    const double weight = nodes.weight[i];
    line.residual += weight * (miss[i] - mean_miss) * (miss[i] - mean_miss);
    line.slope += weight * (miss[i] - mean_miss) * (change[i] - mean_change);
    line.curvature += weight * (change[i] - mean_change) * (change[i] - mean_change);
  }
  return line;
}

/// Returns the least residual of the law gap = 1/(alpha + beta ln t) in ln gap over the window's points, by Newton's
/// steps on beta/alpha: 1/gap is positive from the first point to the last. total: the residual of a constant gap.
LOGMARGIN_HOST_DEVICE_CALLED double inverse_log_residual(const FitSums<double>& sums, const FitWindow& window,
                                                         double total) {
  constexpr int most_steps = 60;
  const FitNodes& nodes = window.nodes;
  const NodeValues values = node_values(sums, window, total);
  const double least = -1.0 / nodes.last;
  const double most = -1.0 / nodes.first;
  double bend = 0.0;
  BentLine line = bent_line(values, window, bend);
  double step = -line.slope / line.curvature;
  for (int i = 0; i < most_steps; ++i) {
    double next = bend + step;
    if (!(next > least)) next = 0.5 * (bend + least);
    if (!(next < most)) next = 0.5 * (bend + most);
    const BentLine there = bent_line(values, window, next);
    if (there.residual < line.residual) {
      bend = next;
      line = there;
      step = -line.slope / line.curvature;
    } else {
      step *= 0.25;
    }
    if (!(absolute(step) > 1e-9 * (most - least))) break;
  }
  return line.residual + larger(values.beside, 0.0);
}

/// Returns C of gap ~ C/t, a line of slope -1 through ln gap on ln t: the geometric mean of gap t over the window.
/// Precondition as for fit_rates.
LOGMARGIN_HOST_DEVICE double inverse_power_constant(const FitSums<double>& sums, const FitWindow& window) {
  return exponential(sums.first_ln_gap + sums.ln_gap / static_cast<double>(window.count) + window.mean_ln_t);
}

/// Returns the rates of one network. Precondition: every recorded t of the window has been added to the sums.
LOGMARGIN_HOST_DEVICE RateFit fit_rates(const FitSums<double>& sums, const FitWindow& window) {
  constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
  const double count = static_cast<double>(window.count);
  const bool sums_finite = std::isfinite(sums.inverse_squared) && std::isfinite(sums.ln_gap_squared);
  if (window.count < 3 || !sums_finite) return {undefined, undefined, undefined, undefined, FittedLaw::undefined};

  const double xx = window.sum_of_squares_ln_t;
  const double total_inverse = sums.inverse_squared - sums.inverse * sums.inverse / count;
  const double total_ln_gap = sums.ln_gap_squared - sums.ln_gap * sums.ln_gap / count;
  RateFit fit;
  fit.inverse_log_constant = xx / sums.inverse_ln_t;
  // 1 for a line, but for rounding.
  fit.inverse_log_r2 = smaller(sums.inverse_ln_t * sums.inverse_ln_t / (xx * total_inverse), 1.0);
  fit.log_exponent = -sums.ln_gap_ln_ln_t / window.sum_of_squares_ln_ln_t;
  fit.power_exponent = -sums.ln_gap_ln_t / xx;

  const double inverse_residual = inverse_log_residual(sums, window, total_ln_gap);
  const double log_residual = line_residual(total_ln_gap, sums.ln_gap_ln_ln_t, window.sum_of_squares_ln_ln_t);
  const double power_residual = line_residual(total_ln_gap, sums.ln_gap_ln_t, xx);
  if (!(total_ln_gap > 0.0)) {
    // No law is better than another where the gap is flat.
    fit.best = FittedLaw::undefined;
  } else if (inverse_residual <= log_residual && inverse_residual <= power_residual) {
    fit.best = FittedLaw::inverse_log;
  } else if (log_residual <= power_residual) {
    fit.best = FittedLaw::log_exponent;
  } else {
    fit.best = FittedLaw::power_exponent;
  }
  return fit;
}

}  // namespace logmargin
