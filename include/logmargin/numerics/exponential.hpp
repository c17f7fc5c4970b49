#pragma once

#include "logmargin/numerics/lane.hpp"

namespace logmargin {

/// SplitExponential is e^x = power * 2^n, before the powers of two are joined.
template <class V>
struct SplitExponential {
  V power;
  typename lane<V>::bits scale;  ///< n plus a bias, in its low bits
};

/// Returns the parts of e^x. The scale is n + bias, in its low 12 bits. Precondition: |x| is below 2^20 or x is NaN,
/// bias is even.
///
/// x = n ln 2 + r with |r| <= (ln 2)/2, e^r = 1 + r + r^2 q(r), q the degree-9 minimax polynomial of
/// (e^r - 1 - r)/r^2 (relative error of e^r 3.8e-18), evaluated in Estrin's order for a short chain.
template <class V>
LOGMARGIN_HOST_DEVICE SplitExponential<V> split_exponential(V x, double bias) {
  using L = lane<V>;
  // 1.5 * 2^52 makes the low bits of the sum an integer.
  const V shifter = V(6755399441055744.0 + bias);
  const V shifted = L::fma(x, V(1.4426950408889634), shifter);
  const V n = shifted - shifter;
  const V r = L::fma(n, V(-0x1.abc9e3b39803fp-56), L::fma(n, V(-0x1.62e42fefa39efp-1), x));

  const V r2 = r * r;
  const V r4 = r2 * r2;
  const V q01 = L::fma(V(0.16666666666666424), r, V(0.5000000000000011));
  const V q23 = L::fma(V(0.008333333333487052), r, V(0.04166666666652707));
  const V q45 = L::fma(V(0.00019841269522449036), r, V(0.0013888888944304325));
  const V q67 = L::fma(V(2.7557572329195426e-06), r, V(2.4801492495636072e-05));
  const V q89 = L::fma(V(2.5004469476879477e-08), r, V(2.763043895704491e-07));
  const V q03 = L::fma(q23, r2, q01);
  const V q49 = L::fma(q89, r4, L::fma(q67, r2, q45));
  // r (r q + 1) + 1: r + r^2 q would round twice before the last addition, past 1 ulp.
  return {L::fma(r, L::fma(r, L::fma(q49, r4, q03), V(1.0)), V(1.0)), L::to_bits(shifted)};
}

/// Returns e^x within 1 ulp for every x (0.89 ulp measured): subnormal results, 0 and +infinity at the ends, NaN for
/// NaN.
template <class V>
LOGMARGIN_HOST_DEVICE V exponential(V x) {
  using L = lane<V>;
  using bits = typename L::bits;
  // Beyond these the result is 0 or infinity, and n + 2046, twice the exponent bias, would leave its 12 bits.
  const SplitExponential<V> split = split_exponential(L::clamp(x, -746.0, 710.0), 2046.0);
  // The scale halves into two biased exponents: two factors, because 2^n alone has no normal double at either end. The
  // first product is exact.
  const bits half = split.scale >> 1;
  const V scale_low = L::from_bits(half << 52);
  const V scale_high = L::from_bits((split.scale - half) << 52);
  return (split.power * scale_low) * scale_high;
}

/// Returns the same bits as exponential where the result is far from either end; n goes straight into the exponent, by
/// integer arithmetic. Precondition: |x| <= 708.
template <class V>
LOGMARGIN_HOST_DEVICE V exponential_of_moderate(V x) {
  using L = lane<V>;
  const SplitExponential<V> split = split_exponential(x, 0.0);
  return L::from_bits(L::to_bits(split.power) + (split.scale << 52));
}

/// Returns the same bits as exponential down to lowest, and 0 below it and for NaN, whose bits are not the same on
/// every machine. Precondition: x <= 0 or x is NaN; lowest >= -708.
template <class V>
LOGMARGIN_HOST_DEVICE V exponential_of_nonpositive(V x, double lowest = -708.0) {
  const auto within = x >= V(lowest);
  return zero_unless(within, exponential_of_moderate(zero_unless(within, x)));
}

}  // namespace logmargin
