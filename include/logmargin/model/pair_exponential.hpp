#pragma once

#include "logmargin/model/pair.hpp"
#include "logmargin/numerics/exponential.hpp"

namespace logmargin {

/// Returns the parts of e^(high + low): the scale is n + 254, twice the exponent bias, in its low 9 bits. Precondition:
/// -104 <= high <= 89 or NaN.
///
/// As for double: x = n ln 2 + r with |r| <= (ln 2)/2, e^r = 1 + r + r^2 q(r), q the degree-4 minimax polynomial of
/// (e^r - 1 - r)/r^2 (relative error of e^r 3.2e-9); the low part joins r. Without it e^-x would err by |x| 6e-8.
template <class F>
LOGMARGIN_HOST_DEVICE SplitExponential<F> split_exponential(F high, F low) {
  using L = lane<F>;
  // 1.5 * 2^23 makes the low bits of the sum an integer.
  const F shifter = F(12582912.0F + 254.0F);
  const F shifted = L::fma(high, F(0x1.715476p+0F), shifter);
  const F n = shifted - shifter;
  // The first step is exact: high and ln 2's leading part have a common last place of at most 2^-25.
  const F r = L::fma(n, F(-0x1.62e430p-1F), high) + L::fma(n, F(0x1.05c610p-29F), low);

  const F r2 = r * r;
  const F q01 = L::fma(F(0x1.55548cp-3F), r, F(0x1.fffffcp-2F));
  const F q23 = L::fma(F(0x1.123de0p-7F), r, F(0x1.555858p-5F));
  const F q24 = L::fma(F(0x1.6ac6b2p-10F), r2, q23);
  // 1 + r is rounded, and what that took off joins the small rest: only the last sum's rounding counts.
  const F linear = r + F(1.0F);
  return {linear + L::fma(r2, L::fma(q24, r2, q01), r - (linear - F(1.0F))), L::to_bits(shifted)};
}

/// Returns e^(high + low) as a float within 0.85 ulp: subnormal results, 0 and +infinity at the ends, NaN for NaN.
template <class F>
LOGMARGIN_HOST_DEVICE F exponential(const Pair<F>& x) {
  using L = lane<F>;
  using bits = typename L::bits;
  // Beyond these the result is 0 or infinity, and the low part may be large.
  const F limited = L::clamp(x.high, -104.0F, 89.0F);
  const SplitExponential<F> split = split_exponential(limited, zero_unless(limited == x.high, x.low));
  // Two factors, because 2^n alone has no normal float at either end; the first product is exact.
  const bits half = split.scale >> 1;
  const F scale_low = L::from_bits(half << 23);
  const F scale_high = L::from_bits((split.scale - half) << 23);
  return (split.power * scale_low) * scale_high;
}

}  // namespace logmargin
