#pragma once

#include "logmargin/numerics/logarithm.hpp"

namespace logmargin {

/// The recurrence x <- x + c exp(-x) becomes 1/u <- (1/u) exp(-1/u) for u = exp(x)/c, with no constant left.
///
/// Its Abel function A rises by exactly 1 a step, so t steps are A^-1(A(u) + t). The asymptotic series
/// A = u - (ln u)/2 + sum_k c_k u^-k follows from A(s exp(-s)) = A(s) + 1, s = 1/u:
/// sum_{k<n} c_k (-k)^(n-k)/(n-k)! = -1/(n+1)! for n = 2, 3, ... Cut at 16 terms its error is below 1e-15 steps for
/// u >= 8; before that, steps are taken one by one.
inline constexpr double least_abel_argument = 8.0;

/// Returns sum_{k=1}^{16} c_k s^k.
template <class V>
LOGMARGIN_HOST_DEVICE V abel_series(V s) {
  using L = lane<V>;
  V sum = V(-3290126451127.0 / 502146957312000.0);
  sum = L::fma(sum, s, V(0.2707362619320813));
  sum = L::fma(sum, s, V(209959420499.0 / 3905587445760.0));
  sum = L::fma(sum, s, V(-830066563.0 / 17346700800.0));
  sum = L::fma(sum, s, V(-152043613.0 / 5748019200.0));
  sum = L::fma(sum, s, V(2594833561.0 / 399567168000.0));
  sum = L::fma(sum, s, V(84317.0 / 6912000.0));
  sum = L::fma(sum, s, V(55721.0 / 21555072.0));
  sum = L::fma(sum, s, V(-443.0 / 80640.0));
  sum = L::fma(sum, s, V(-18349.0 / 3175200.0));
  sum = L::fma(sum, s, V(37.0 / 103680.0));
  sum = L::fma(sum, s, V(41.0 / 4200.0));
  sum = L::fma(sum, s, V(1.0 / 48.0));
  sum = L::fma(sum, s, V(19.0 / 540.0));
  sum = L::fma(sum, s, V(1.0 / 16.0));
  sum = L::fma(sum, s, V(1.0 / 6.0));
  return sum * s;
}

/// Returns A(u). Precondition: u >= least_abel_argument.
template <class V>
LOGMARGIN_HOST_DEVICE V abel(V u) {
  return u - (V(0.5) * logarithm(u) - abel_series(V(1.0) / u));
}

/// Returns A'(u) = 1 - s/2 - s^2 (c_1 + 2 c_2 s + 3 c_3 s^2 + ...), s = 1/u, to eight digits for u >=
/// least_abel_argument.
LOGMARGIN_HOST_DEVICE double abel_slope(double s) {
  constexpr double seventh = 6.0 * 37.0 / 103680.0;
  const double series =
      1.0 / 6.0 + s * (1.0 / 8.0 + s * (19.0 / 180.0 + s * (1.0 / 12.0 + s * (41.0 / 840.0 + s * seventh))));
  return 1.0 - s * (0.5 + s * series);
}

/// Returns the u with A(u) = tau, to double precision. Precondition: tau >= A(least_abel_argument) or a few steps less.
template <class V>
LOGMARGIN_HOST_DEVICE V inverse_abel(V tau) {
  V u = tau + V(0.5) * logarithm(tau);
  // Newton with a derivative cut after two terms of the series: three digits, seven, all.
  for (int i = 0; i < 3; ++i) {
    const V s = V(1.0) / u;
    const V excess = (u - tau) - (V(0.5) * logarithm(u) - abel_series(s));
    const V slope = V(1.0) - s * lane<V>::fma(s, lane<V>::fma(s, V(0.125), V(1.0 / 6.0)), V(0.5));
    u = u - excess / slope;
  }
  return u;
}

}  // namespace logmargin
