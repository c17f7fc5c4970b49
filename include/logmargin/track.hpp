#pragma once

#include <cstdint>
#include <limits>

#include "logmargin/observation.hpp"

namespace logmargin {

/// A recorded t as the tracks see it: the same for every network of a cell.
struct RecordedTime {
  double t;                ///< steps taken, >= 0
  double centred_ln_t;     ///< ln t less its mean over the fit window
  double centred_ln_ln_t;  ///< ln ln t less its mean over the fit window
  bool in_fit_window;
  bool opens_fit_window;      ///< the first in the window
  double ln_ln_t_rise = 0.0;  ///< ln ln t less that of the recorded t before; 0 where one of them is undefined
};

/// Sums over the recorded t of the fit window (by default sqrt(T) <= t <= T), shared by all networks.
struct FitWindow {
  std::int64_t count;
  double mean_ln_t;
  double sum_of_squares_ln_t;     ///< of the centred values
  double sum_of_squares_ln_ln_t;  ///< of the centred values
};

/// The lowest margin of one network over the recorded t, and where it was first met.
template <class V>
struct Dip {
  V margin, t;
};

/// Running sums of one network's three line fits over the fit window.
///
/// Inverse and log values are taken relative to the first of the window, against cancellation.
template <class V>
struct FitSums {
  V first_inverse, inverse, inverse_ln_t, inverse_squared;
  V first_ln_gap, ln_gap, ln_gap_ln_t, ln_gap_ln_ln_t, ln_gap_squared;
  V gap, gap_ln_t, gap_squared, gap_squared_ln_t, gap_squared_ln_t_squared;
};

inline constexpr int dip_columns = 2;
inline constexpr int fit_columns = 14;

template <class V, class Visit>
LOGMARGIN_HOST_DEVICE void for_each_column(Dip<V>& dip, Visit&& visit) {
  visit(dip.margin);
  visit(dip.t);
}

template <class V, class Visit>
LOGMARGIN_HOST_DEVICE void for_each_column(FitSums<V>& sums, Visit&& visit) {
  visit(sums.first_inverse);
  visit(sums.inverse);
  visit(sums.inverse_ln_t);
  visit(sums.inverse_squared);
  visit(sums.first_ln_gap);
  visit(sums.ln_gap);
  visit(sums.ln_gap_ln_t);
  visit(sums.ln_gap_ln_ln_t);
  visit(sums.ln_gap_squared);
  visit(sums.gap);
  visit(sums.gap_ln_t);
  visit(sums.gap_squared);
  visit(sums.gap_squared_ln_t);
  visit(sums.gap_squared_ln_t_squared);
}

/// Before the first recorded t; the sums start from zeros.
template <class V>
LOGMARGIN_HOST_DEVICE Dip<V> no_dip() {
  return {V(std::numeric_limits<double>::infinity()), V(0.0)};
}

template <class V>
LOGMARGIN_HOST_DEVICE void add(Dip<V>& dip, const RecordedTime& time, const Observation<V>& seen) {
  const auto lower = seen.margin < dip.margin;
  dip.margin = lane<V>::select(lower, seen.margin, dip.margin);
  dip.t = lane<V>::select(lower, V(time.t), dip.t);
}

/// -d ln gap / d ln ln t between the recorded t before and this one; not finite where a gap is 0 or t too small.
/// previous_ln_gap is what the call before left, NaN at first.
template <class V>
LOGMARGIN_HOST_DEVICE V local_log_exponent(V& previous_ln_gap, const RecordedTime& time, V gap) {
  const V ln_gap = logarithm(gap);
  const V exponent = (previous_ln_gap - ln_gap) / V(time.ln_ln_t_rise);
  previous_ln_gap = ln_gap;
  return exponent;
}

/// Precondition: time.in_fit_window. A gap that is 0 or not finite makes the sums non-finite, by its inverse or by its
/// square, which marks the fit undefined.
template <class V>
LOGMARGIN_HOST_DEVICE void add(FitSums<V>& sums, const RecordedTime& time, V gap) {
  using L = lane<V>;
  const V ln_t(time.centred_ln_t);
  const V inverse = V(1.0) / gap;
  // NaN, whose bits are not the same on every machine, counts as the largest number: the inverse tells of it.
  const V ln_gap = logarithm_of_normal(smaller(V(std::numeric_limits<double>::max()), gap));
  if (time.opens_fit_window) {
    sums.first_inverse = inverse;
    sums.first_ln_gap = ln_gap;
  }
  const V rise = inverse - sums.first_inverse;
  sums.inverse = sums.inverse + rise;
  sums.inverse_ln_t = L::fma(ln_t, rise, sums.inverse_ln_t);
  sums.inverse_squared = L::fma(rise, rise, sums.inverse_squared);

  const V fall = ln_gap - sums.first_ln_gap;
  sums.ln_gap = sums.ln_gap + fall;
  sums.ln_gap_ln_t = L::fma(ln_t, fall, sums.ln_gap_ln_t);
  sums.ln_gap_ln_ln_t = L::fma(V(time.centred_ln_ln_t), fall, sums.ln_gap_ln_ln_t);
  sums.ln_gap_squared = L::fma(fall, fall, sums.ln_gap_squared);

  const V scaled = gap * sums.first_inverse;
  const V scaled_ln_t = scaled * ln_t;
  sums.gap = sums.gap + scaled;
  sums.gap_ln_t = sums.gap_ln_t + scaled_ln_t;
  sums.gap_squared = L::fma(scaled, scaled, sums.gap_squared);
  sums.gap_squared_ln_t = L::fma(scaled, scaled_ln_t, sums.gap_squared_ln_t);
  sums.gap_squared_ln_t_squared = L::fma(scaled_ln_t, scaled_ln_t, sums.gap_squared_ln_t_squared);
}

}  // namespace logmargin
