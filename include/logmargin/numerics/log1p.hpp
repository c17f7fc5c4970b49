#pragma once

#include "logmargin/numerics/exponential.hpp"

namespace logmargin {

/// ScaledLog1p is ln(1 + factor rest) for a factor that may be too small for a double to hold that. Where the product
/// is small, value is the logarithm over the factor.
template <class V>
struct ScaledLog1p {
  V value;
  V factor_left;  ///< value/factor_left is the logarithm over the factor: 1 where value was divided, else the factor
};

/// Returns ln(1 + factor rest) within 3 epsilon: there are five roundings before the sum. Precondition: 0 <= factor <=
/// 1, 0 <= rest, factor * rest <= 3.
///
/// With s = x/(2 + x), ln(1 + x) = 2 s (1 + z B(z)), z = s^2, B minimax of degree 7 (relative error 1.9e-18 for
/// |s| <= 3/13); beyond x = 9/16 the same of 1 + x over 5/2. No sum is rounded before it is divided, unlike 1 + x.
template <class V>
LOGMARGIN_HOST_DEVICE ScaledLog1p<V> scaled_log1p(V factor, V rest) {
  using L = lane<V>;
  const V x = factor * rest;
  const auto reduced = x > V(0.5625);
  const V numerator = L::select(reduced, x - V(1.5), rest);
  const V s_over_factor = numerator / ((x + V(2.0)) + zero_unless(reduced, V(1.5)));
  const V s = L::select(reduced, V(1.0), factor) * s_over_factor;
  const V z = s * s;
  const V z2 = z * z;
  V even = V(0x1.0b098cdb062fap-4);
  V odd = V(0x1.2b6416c956fd0p-4);
  even = L::fma(even, z2, V(0x1.745a7909fa621p-4));
  odd = L::fma(odd, z2, V(0x1.3b67822388c2ap-4));
  even = L::fma(even, z2, V(0x1.2492491503984p-3));
  odd = L::fma(odd, z2, V(0x1.c71c7ded4047ep-4));
  even = L::fma(even, z2, V(0x1.5555555555514p-2));
  odd = L::fma(odd, z2, V(0x1.99999999acd75p-3));
  const V series = L::fma(odd, z, even);
  const V twice = s_over_factor + s_over_factor;
  constexpr double ln_of_reduction = 0.9162907318741551;
  return {L::fma(twice * z, series, zero_unless(reduced, V(ln_of_reduction)) + twice),
          L::select(reduced, factor, V(1.0))};
}

/// Returns ln(e^x + e^y), whatever the sizes of x and y.
template <class V>
LOGMARGIN_HOST_DEVICE V logarithm_of_sum(V x, V y) {
  return larger(x, y) + scaled_log1p(V(1.0), exponential_of_nonpositive(-absolute(x - y))).value;
}

}  // namespace logmargin
