#pragma once

#include <cstdint>
#include <limits>

#include "logmargin/model/observation.hpp"

namespace logmargin {

/// At most this many nodes stand for a fit window's points, see FitNodes.
inline constexpr int most_fit_nodes = 8;
/// A window has this many orthonormal polynomials beyond those of degree 0 and 1.
inline constexpr int fit_polynomials = most_fit_nodes - 2;

/// RecordedTime is one recorded t as the tracks see it: the same for every network of a cell.
struct RecordedTime {
  double t;                ///< steps taken, >= 0
  double centred_ln_t;     ///< ln t less its mean over the fit window
  double centred_ln_ln_t;  ///< ln ln t less its mean over the fit window
  bool in_fit_window;
  bool opens_fit_window;      ///< the first in the window
  double ln_ln_t_rise = 0.0;  ///< ln ln t less that of the recorded t before; 0 where one of them is undefined
  double polynomial[fit_polynomials] = {};  ///< values at this t of the window's polynomials of degree 2, 3, ...
};

/// FitNodes is Gauss's quadrature of the sum over a window's points: for a polynomial in ln t of degree 2 count - 1 or
/// less the sum is exactly that of weight times its value at each node. Places are centred ln t over a scale.
struct FitNodes {
  int count;           ///< as many as there are points, up to most_fit_nodes
  double first, last;  ///< places of the window's ends
  double place[most_fit_nodes];
  double weight[most_fit_nodes];
  double polynomial[most_fit_nodes][most_fit_nodes];  ///< at each node those of degree 0, 1, ...
};

/// FitWindow holds sums over the recorded t of the fit window (by default sqrt(T) <= t <= T), shared by all networks.
struct FitWindow {
  std::int64_t count;
  double mean_ln_t;
  double sum_of_squares_ln_t;     ///< of the centred values
  double sum_of_squares_ln_ln_t;  ///< of the centred values
  FitNodes nodes = {};
};

/// Dip is the lowest margin of one network over the recorded t, and where it was first met.
template <class V>
struct Dip {
  V margin, t;
};

/// FitSums holds the running sums of one network's three line fits over the fit window.
///
/// Inverse and log values are taken relative to the first of the window, against cancellation.
template <class V>
struct FitSums {
  V first_inverse, inverse, inverse_ln_t, inverse_squared;
  V first_ln_gap, ln_gap, ln_gap_ln_t, ln_gap_ln_ln_t, ln_gap_squared;
  V polynomial[fit_polynomials];  ///< of ln gap times each polynomial
};

inline constexpr int dip_columns = 2;
inline constexpr int fit_columns = 9 + fit_polynomials;

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
  for (V& sum : sums.polynomial) visit(sum);
}

/// Returns the dip before the first recorded t; the sums start from zeros.
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

/// Returns how far an observed gap is from the limit of the gaps of converging networks; that distance falls like
/// 1/ln t.
template <class V>
LOGMARGIN_HOST_DEVICE V excess_gap(const Observation<V>& seen, V limiting_gap) {
  return absolute(seen.gap - limiting_gap);
}

/// Returns -d ln excess / d ln ln t between the recorded t before and this one. It is not finite where an excess is 0,
/// t too small, or the network misclassified at one of them. previous_ln_gap is what the call before left, NaN at
/// first.
template <class V>
LOGMARGIN_HOST_DEVICE V local_log_exponent(V& previous_ln_gap, const RecordedTime& time, const Observation<V>& seen,
                                           V limiting_gap) {
  const V ln_gap = logarithm(zero_unless(seen.classified > V(0.0), excess_gap(seen, limiting_gap)));
  const V exponent = (previous_ln_gap - ln_gap) / V(time.ln_ln_t_rise);
  previous_ln_gap = ln_gap;
  return exponent;
}

/// Adds a recorded gap to the sums. Precondition: time.in_fit_window. A gap that is 0 or NaN makes the sums non-finite,
/// by its inverse, which marks the fit undefined.
template <class V>
LOGMARGIN_HOST_DEVICE void add(FitSums<V>& sums, const RecordedTime& time, V gap) {
  using L = lane<V>;
  const V ln_t(time.centred_ln_t);
  // Zero times an infinite gap is NaN.
  const V inverse = V(1.0) / gap + V(0.0) * gap;
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

  for (int k = 0; k < fit_polynomials; ++k) {
    sums.polynomial[k] = L::fma(V(time.polynomial[k]), fall, sums.polynomial[k]);
  }
}

}  // namespace logmargin
