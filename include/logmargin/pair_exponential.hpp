#pragma once

#include "logmargin/pair.hpp"

namespace logmargin {

/// e^(high + low) as a float within 0.85 ulp: subnormal results, 0 and +infinity at the ends, NaN for NaN.
///
/// As for double: x = n ln 2 + r with |r| <= (ln 2)/2, e^r = 1 + r + r^2 q(r), q the degree-4 minimax polynomial of
/// (e^r - 1 - r)/r^2 (relative error of e^r 3.2e-9); the low part joins r. Without it e^-x would err by |x| 6e-8.
template <class F>
LOGMARGIN_HOST_DEVICE F exponential(const Pair<F>& x) {
  using L = lane<F>;
  using bits = typename L::bits;
  // Beyond these the result is 0 or infinity, and the low part may be large.
  const F limited = L::clamp(x.high, -104.0F, 89.0F);
  const F low = zero_unless(limited == x.high, x.low);
  // 1.5 * 2^23 makes the low bits of the sum an integer; 254 is twice the exponent bias, so that the integer halves
  // into two biased exponents.
  const F shifter = F(12582912.0F + 254.0F);
  const F shifted = L::fma(limited, F(0x1.715476p+0F), shifter);
  const F n = shifted - shifter;
  // The first step is exact: limited and ln 2's leading part have a common last place of at most 2^-25.
  const F r = L::fma(n, F(-0x1.62e430p-1F), limited) + L::fma(n, F(0x1.05c610p-29F), low);

  const F r2 = r * r;
  const F q01 = L::fma(F(0x1.55548cp-3F), r, F(0x1.fffffcp-2F));
  const F q23 = L::fma(F(0x1.123de0p-7F), r, F(0x1.555858p-5F));
  const F q24 = L::fma(F(0x1.6ac6b2p-10F), r2, q23);
  // 1 + r is rounded, and what that took off joins the small rest: only the last sum's rounding counts.
  const F linear = r + F(1.0F);
  const F power = linear + L::fma(r2, L::fma(q24, r2, q01), r - (linear - F(1.0F)));

  // Two factors, because 2^n alone has no normal float at either end; the first product is exact.
  const bits whole = L::to_bits(shifted);
  const bits half = whole >> 1;
  const F scale_low = L::from_bits(half << 23);
  const F scale_high = L::from_bits((whole - half) << 23);
  return (power * scale_low) * scale_high;
}

}  // namespace logmargin
