#pragma once

#include "logmargin/lane.hpp"

namespace logmargin {

/// e^x = power * 2^n with n = scale - 2046, before the powers of two are joined.
template <class V>
struct SplitExponential {
  V power;
  typename lane<V>::bits scale;  ///< in its low 12 bits; 2046 is twice the exponent bias
};

/// Precondition: |x| is below 2^20 or x is NaN.
///
/// x = n ln 2 + r with |r| <= (ln 2)/2, e^r = 1 + r + r^2 q(r), q the degree-9 minimax polynomial of
/// (e^r - 1 - r)/r^2 (relative error of e^r 1.7e-17), evaluated in Estrin's order for a short chain.
template <class V>
LOGMARGIN_HOST_DEVICE SplitExponential<V> split_exponential(V x) {
  using L = lane<V>;
  // 1.5 * 2^52 makes the low bits of the sum an integer.
  const V shifter = V(6755399441055744.0 + 2046.0);
  const V shifted = L::fma(x, V(1.4426950408889634), shifter);
  const V n = shifted - shifter;
  const V r = L::fma(n, V(-0x1.abc9e3b39803fp-56), L::fma(n, V(-0x1.62e42fefa39efp-1), x));

  const V r2 = r * r;
  const V r4 = r2 * r2;
  const V q01 = L::fma(V(0.16666666666666674), r, V(0.5000000000000001));
  const V q23 = L::fma(V(8.333333333322571e-3), r, V(4.166666666662309e-2));
  const V q45 = L::fma(V(1.9841269885692635e-4), r, V(1.3888888917443616e-3));
  const V q67 = L::fma(V(2.755724321489464e-6), r, V(2.4801520909636276e-5));
  const V q89 = L::fma(V(2.5109753212657513e-8), r, V(2.7620238791744476e-7));
  const V q03 = L::fma(q23, r2, q01);
  const V q49 = L::fma(q89, r4, L::fma(q67, r2, q45));
  return {L::fma(r2, L::fma(q49, r4, q03), r) + V(1.0), L::to_bits(shifted)};
}

/// e^x within 1 ulp for every x: subnormal results, 0 and +infinity at the ends, NaN for NaN.
template <class V>
LOGMARGIN_HOST_DEVICE V exponential(V x) {
  using L = lane<V>;
  using bits = typename L::bits;
  // Beyond these the result is 0 or infinity, and n would leave its 12 bits.
  const SplitExponential<V> split = split_exponential(L::clamp(x, -746.0, 710.0));
  // The scale halves into two biased exponents: two factors, because 2^n alone has no normal double at either end. The
  // first product is exact.
  const bits half = split.scale >> 1;
  const V scale_low = L::from_bits(half << 52);
  const V scale_high = L::from_bits((split.scale - half) << 52);
  return (split.power * scale_low) * scale_high;
}

/// The same bits as exponential where the result is far from either end; n goes straight into the exponent, by integer
/// arithmetic. Precondition: |x| <= 700.
template <class V>
LOGMARGIN_HOST_DEVICE V exponential_of_moderate(V x) {
  using L = lane<V>;
  using bits = typename L::bits;
  const SplitExponential<V> split = split_exponential(x);
  return L::from_bits(L::to_bits(split.power) + ((split.scale - bits(2046U)) << 52));
}

}  // namespace logmargin
