#pragma once

#include <limits>

#include "logmargin/numerics/lane.hpp"

namespace logmargin {

inline constexpr double inverse_of_ln_10 = 0.4342944819032518;

/// SplitNumber is x = 2^k (1 + f) with 1 + f in [sqrt(1/2), sqrt 2).
template <class V>
struct SplitNumber {
  V k, f;
};

/// Returns the two parts of x. Precondition: x is positive, finite and not subnormal.
template <class V>
LOGMARGIN_HOST_DEVICE SplitNumber<V> split_number(V x) {
  using L = lane<V>;
  using bits = typename L::bits;
  const bits root_half(0x3fe6a09e667f3bcdU);
  const bits one(0x3ff0000000000000U);
  const bits rotated = L::to_bits(x) - root_half + one;
  // The biased exponent as a double: low bits of 2^52, then the bias taken off.
  return {L::from_bits((rotated >> 52) | bits(0x4330000000000000U)) - V(0x1p52 + 1023.0),
          L::from_bits((rotated & bits(0x000fffffffffffffU)) + root_half) - V(1.0)};
}

/// Returns ln of 2^k (1 + f). With s = f/(2 + f), ln(1 + f) = f - f^2/2 + s (f^2/2 + z R(z)), z = s^2 (the scheme of
/// FDLIBM's e_log.c), R minimax of degree 6.
template <class V>
LOGMARGIN_HOST_DEVICE V logarithm_of(const SplitNumber<V>& split) {
  using L = lane<V>;
  const V f = split.f;
  const V s = f / (V(2.0) + f);
  const V z = s * s;
  V series = V(0.1461993812393314);
  series = L::fma(series, z, V(0.15331439797603078));
  series = L::fma(series, z, V(0.1818289750927167));
  series = L::fma(series, z, V(0.22222211023505756));
  series = L::fma(series, z, V(0.28571428626594947));
  series = L::fma(series, z, V(0.39999999999898567));
  series = L::fma(series, z, V(0.666666666666667));
  const V half_square = V(0.5) * f * f;
  // ln 2 in two parts; k times the first is exact.
  const V correction = L::fma(s, L::fma(z, series, half_square), split.k * V(0x1.a39ef35793c76p-33));
  return L::fma(split.k, V(0x1.62e42feep-1), f - (half_square - correction));
}

/// Returns the bits of logarithm for x that is positive, finite and not subnormal; other x give a number that means
/// nothing.
template <class V>
LOGMARGIN_HOST_DEVICE V logarithm_of_normal(V x) {
  return logarithm_of(split_number(x));
}

/// Returns ln x within 1 ulp for every x: subnormals too, -infinity for 0, NaN for x < 0 and NaN, +infinity for itself.
template <class V>
LOGMARGIN_HOST_DEVICE V logarithm(V x) {
  using L = lane<V>;
  const auto subnormal = x < V(std::numeric_limits<double>::min());
  SplitNumber<V> split = split_number(L::select(subnormal, x * V(0x1p54), x));
  split.k = split.k + L::select(subnormal, V(-54.0), V(0.0));
  const V finite = logarithm_of(split);

  constexpr double infinity = std::numeric_limits<double>::infinity();
  const V of_infinite = L::select(x == V(infinity), V(infinity), finite);
  const V of_zero = L::select(x == V(0.0), V(-infinity), of_infinite);
  return L::select(x >= V(0.0), of_zero, V(std::numeric_limits<double>::quiet_NaN()));
}

}  // namespace logmargin
