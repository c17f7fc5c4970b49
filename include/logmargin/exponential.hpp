#pragma once

#include "logmargin/lane.hpp"

namespace logmargin {

/// e^x within 1 ulp for every x: subnormal results, 0 and +infinity at the ends, NaN for NaN.
///
/// x = n ln 2 + r with |r| <= (ln 2)/2, e^r = 1 + r + r^2 q(r), q the degree-9 minimax polynomial of
/// (e^r - 1 - r)/r^2 (relative error of e^r 1.7e-17), evaluated in Estrin's order for a short chain.
template <class V>
LOGMARGIN_HOST_DEVICE V exponential(V x) {
  using L = lane<V>;
  using bits = typename L::bits;
  // Beyond these the result is 0 or infinity, and n would leave its 12 bits.
  const V limited = L::clamp(x, -746.0, 710.0);
  // 1.5 * 2^52 makes the low bits of the sum an integer; 2046 is twice the exponent bias, so that
  // the integer halves into two biased exponents.
  const V shifter = V(6755399441055744.0 + 2046.0);
  const V shifted = L::fma(limited, V(1.4426950408889634), shifter);
  const V n = shifted - shifter;
  const V r = L::fma(n, V(-0x1.abc9e3b39803fp-56), L::fma(n, V(-0x1.62e42fefa39efp-1), limited));

  const V r2 = r * r;
  const V r4 = r2 * r2;
  const V q01 = L::fma(V(0.16666666666666674), r, V(0.5000000000000001));
  const V q23 = L::fma(V(8.333333333322571e-3), r, V(4.166666666662309e-2));
  const V q45 = L::fma(V(1.9841269885692635e-4), r, V(1.3888888917443616e-3));
  const V q67 = L::fma(V(2.755724321489464e-6), r, V(2.4801520909636276e-5));
  const V q89 = L::fma(V(2.5109753212657513e-8), r, V(2.7620238791744476e-7));
  const V q03 = L::fma(q23, r2, q01);
  const V q49 = L::fma(q89, r4, L::fma(q67, r2, q45));
  const V power = L::fma(r2, L::fma(q49, r4, q03), r) + V(1.0);

  // Two factors, because 2^n alone has no normal double at either end; the first product is exact.
  const bits whole = L::to_bits(shifted);
  const bits half = whole >> 1;
  const V scale_low = L::from_bits(half << 52);
  const V scale_high = L::from_bits((whole - half) << 52);
  return (power * scale_low) * scale_high;
}

}  // namespace logmargin
