#pragma once

#include <cmath>
#include <limits>

#include "logmargin/track.hpp"

namespace logmargin {

enum class FittedLaw : int { inverse_log, log_exponent, power_exponent, undefined };
inline constexpr int fitted_laws = 4;

/// Convergence rates of one network over its fit window; NaN where a value is undefined.
struct RateFit {
  double inverse_log_constant;  ///< C: 1/slope of 1/gap against ln t
  double inverse_log_r2;        ///< of that line
  double log_exponent;          ///< p: minus the slope of ln gap against ln ln t
  double power_exponent;        ///< q: minus the slope of ln gap against ln t
  FittedLaw best;               ///< least residual in ln gap
};

/// Residual sum of squares of the line of the values against a centred abscissa.
LOGMARGIN_HOST_DEVICE double line_residual(double total_about_mean, double sum_xy, double sum_xx) {
  return total_about_mean - sum_xy * sum_xy / sum_xx;
}

/// Residual of the law gap = 1/(alpha + beta ln t) in ln gap, to first order in the residual:
/// min over alpha, beta of sum (1 - gap (alpha + beta ln t))^2, from the weighted sums.
LOGMARGIN_HOST_DEVICE double inverse_log_residual(const FitSums<double>& sums, double count) {
  const double a = sums.gap_squared;
  const double b = sums.gap_squared_ln_t;
  const double c = sums.gap_squared_ln_t_squared;
  const double u = sums.gap;
  const double v = sums.gap_ln_t;
  return count - (c * u * u - 2.0 * b * u * v + a * v * v) / (a * c - b * b);
}

/// C of gap ~ C/t, a line of slope -1 through ln gap on ln t: the geometric mean of gap t over the window. Precondition
/// as for fit_rates.
LOGMARGIN_HOST_DEVICE double inverse_power_constant(const FitSums<double>& sums, const FitWindow& window) {
  return exponential(sums.first_ln_gap + sums.ln_gap / static_cast<double>(window.count) + window.mean_ln_t);
}

/// Precondition: every recorded t of the window has been added to the sums.
LOGMARGIN_HOST_DEVICE RateFit fit_rates(const FitSums<double>& sums, const FitWindow& window) {
  constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
  const double count = static_cast<double>(window.count);
  const bool sums_finite = std::isfinite(sums.inverse_squared) && std::isfinite(sums.ln_gap_squared) &&
                           std::isfinite(sums.gap_squared_ln_t_squared);
  if (window.count < 3 || !sums_finite) return {undefined, undefined, undefined, undefined, FittedLaw::undefined};

  const double xx = window.sum_of_squares_ln_t;
  const double total_inverse = sums.inverse_squared - sums.inverse * sums.inverse / count;
  const double total_ln_gap = sums.ln_gap_squared - sums.ln_gap * sums.ln_gap / count;
  RateFit fit;
  fit.inverse_log_constant = xx / sums.inverse_ln_t;
  fit.inverse_log_r2 = sums.inverse_ln_t * sums.inverse_ln_t / (xx * total_inverse);
  fit.log_exponent = -sums.ln_gap_ln_ln_t / window.sum_of_squares_ln_ln_t;
  fit.power_exponent = -sums.ln_gap_ln_t / xx;

  const double inverse_residual = inverse_log_residual(sums, count);
  const double log_residual = line_residual(total_ln_gap, sums.ln_gap_ln_ln_t, window.sum_of_squares_ln_ln_t);
  const double power_residual = line_residual(total_ln_gap, sums.ln_gap_ln_t, xx);
  if (inverse_residual <= log_residual && inverse_residual <= power_residual) {
    fit.best = FittedLaw::inverse_log;
  } else if (log_residual <= power_residual) {
    fit.best = FittedLaw::log_exponent;
  } else {
    // Also where a residual is NaN: only a flat gap gives one, and then no law is better.
    fit.best = power_residual < log_residual ? FittedLaw::power_exponent : FittedLaw::undefined;
  }
  return fit;
}

}  // namespace logmargin
