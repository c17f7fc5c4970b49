#pragma once

#include "logmargin/model/network.hpp"

namespace logmargin {

/// Pair is an unevaluated sum high + low of two floats with high = high + low rounded: some 48 bits, for hardware that
/// is slow in double. F is one float or a SIMD vector of floats.
///
/// high alone has the pair's sign, and is zero only where the pair is.
template <class F>
struct Pair {
  F high, low;

  Pair() = default;
  LOGMARGIN_HOST_DEVICE Pair(F high_part, F low_part) : high(high_part), low(low_part) {}
  /// Sets every lane to the pair nearest to x. Precondition: |x| is within the range of float, else the pair is not
  /// finite.
  LOGMARGIN_HOST_DEVICE explicit Pair(double x);
};

/// Returns a + b without error, whichever is larger (D. Knuth, The Art of Computer Programming 2, 4.2.2).
template <class F>
LOGMARGIN_HOST_DEVICE Pair<F> two_sum(F a, F b) {
  const F sum = a + b;
  const F of_b = sum - a;
  const F of_a = sum - of_b;
  return {sum, (a - of_a) + (b - of_b)};
}

/// Returns the same in half the operations. Precondition: |a| >= |b|, or a = 0 (T. J. Dekker, 1971).
template <class F>
LOGMARGIN_HOST_DEVICE Pair<F> fast_two_sum(F a, F b) {
  const F sum = a + b;
  return {sum, b - (sum - a)};
}

template <class F>
LOGMARGIN_HOST_DEVICE Pair<F>::Pair(double x) {
  const auto nearest = static_cast<float>(x);
  const auto rest = static_cast<float>(x - static_cast<double>(nearest));
  // The rest may have been rounded up to half a unit of the nearest float: then its even neighbour leads.
  const Pair<float> normal = fast_two_sum(nearest, rest);
  high = F(normal.high);
  low = F(normal.low);
}

template <class F>
LOGMARGIN_HOST_DEVICE bool operator==(const Pair<F>& a, const Pair<F>& b) {
  return a.high == b.high && a.low == b.low;
}

template <class F>
LOGMARGIN_HOST_DEVICE Pair<F> operator-(const Pair<F>& x) {
  return {-x.high, -x.low};
}

/// Returns a - b with a relative error below 2^-46 where the highs do not cancel; otherwise with that of the operands.
template <class F>
LOGMARGIN_HOST_DEVICE Pair<F> operator-(const Pair<F>& a, const Pair<F>& b) {
  const Pair<F> highs = two_sum(a.high, -b.high);
  return fast_two_sum(highs.high, highs.low + (a.low - b.low));
}

template <class F>
LOGMARGIN_HOST_DEVICE auto positive(const Pair<F>& x) {
  return positive(x.high);
}

template <class F>
struct lane<Pair<F>> {
  using mask = typename lane<F>::mask;

  /// Returns z + rate weight, for the update of a state by a gradient known to a float. A weight of 0 keeps every bit
  /// of z.
  ///
  /// The product is rounded to a float, then its sum with z.low: a state stands still only where the update is below
  /// 2^-48 of it, which for |z| < 64 means below 1.2e-13.
  LOGMARGIN_HOST_DEVICE static Pair<F> fma(const Pair<F>& rate, F weight, const Pair<F>& z) {
    const F update = lane<F>::fma(rate.high, weight, rate.low * weight);
    return two_sum(z.high, z.low + update);
  }
  LOGMARGIN_HOST_DEVICE static Pair<F> select(mask condition, const Pair<F>& yes, const Pair<F>& no) {
    return {lane<F>::select(condition, yes.high, no.high), lane<F>::select(condition, yes.low, no.low)};
  }
  LOGMARGIN_HOST_DEVICE static bool in_every_lane(mask holds) { return lane<F>::in_every_lane(holds); }
};

/// Returns what is observed of a stored number: itself, or the double nearest to the pair.
LOGMARGIN_HOST_DEVICE double widen(double x) { return x; }
LOGMARGIN_HOST_DEVICE double widen(const Pair<float>& x) {
  return static_cast<double>(x.high) + static_cast<double>(x.low);
}

template <class Number>
LOGMARGIN_HOST_DEVICE Network<double> widen(const Network<Number>& network) {
  return {widen(network.z11), widen(network.z12), widen(network.z21), widen(network.z22)};
}

/// Returns +0 for either zero, and any other number as it is.
LOGMARGIN_HOST_DEVICE double without_signed_zero(double x) { return x + 0.0; }
LOGMARGIN_HOST_DEVICE Pair<float> without_signed_zero(const Pair<float>& x) { return {x.high + 0.0F, x.low + 0.0F}; }

/// Returns an initial state, rounded to the number that it is kept in and without -0. A step turns a -0 that no force
/// acts on into +0. Without a -0 at first, code that skips the steps of silent neurons has the same bits as code that
/// takes them.
template <class Number>
LOGMARGIN_HOST_DEVICE Network<Number> narrow(const Network<double>& network) {
  return {without_signed_zero(Number(network.z11)), without_signed_zero(Number(network.z12)),
          without_signed_zero(Number(network.z21)), without_signed_zero(Number(network.z22))};
}

}  // namespace logmargin
