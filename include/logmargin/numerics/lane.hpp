#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

#include "logmargin/numerics/host_device.hpp"

namespace logmargin {

/// lane<V> holds what the formulas need to know of a lane type V, beyond + - * / and comparisons.
///
/// A lane is one `double` (GPU thread, scalar path) or a SIMD vector of doubles (specialised in host/); in mixed
/// precision it is a `float` or a SIMD vector of floats, or the pair of two such. Every operation acts on each lane
/// alone and rounds as IEEE 754 says, so that a network's bits do not depend on the width it was computed at.
template <class V>
struct lane;

template <>
struct lane<double> {
  using scalar = double;
  using mask = bool;
  using bits = std::uint64_t;

  /// Returns a*b + c with a single rounding.
  LOGMARGIN_HOST_DEVICE static double fma(double a, double b, double c) { return std::fma(a, b, c); }
  LOGMARGIN_HOST_DEVICE static double sqrt(double x) { return std::sqrt(x); }
  LOGMARGIN_HOST_DEVICE static double select(bool condition, double yes, double no) { return condition ? yes : no; }
  /// Returns whether something holds in every lane, of which there is one here.
  LOGMARGIN_HOST_DEVICE static bool in_every_lane(bool holds) { return holds; }
  /// Returns x limited to [low, high]; NaN stays NaN.
  LOGMARGIN_HOST_DEVICE static double clamp(double x, double low, double high) {
    const double raised = x < low ? low : x;
    return raised > high ? high : raised;
  }
  LOGMARGIN_HOST_DEVICE static bits to_bits(double x) {
#ifdef __CUDA_ARCH__
    return static_cast<bits>(__double_as_longlong(x));
#else
    return std::bit_cast<bits>(x);
#endif
  }
  LOGMARGIN_HOST_DEVICE static double from_bits(bits b) {
#ifdef __CUDA_ARCH__
    return __longlong_as_double(static_cast<long long>(b));
#else
    return std::bit_cast<double>(b);
#endif
  }
};

template <>
struct lane<float> {
  using scalar = float;
  using mask = bool;
  using bits = std::uint32_t;

  LOGMARGIN_HOST_DEVICE static float fma(float a, float b, float c) { return std::fma(a, b, c); }
  LOGMARGIN_HOST_DEVICE static float select(bool condition, float yes, float no) { return condition ? yes : no; }
  LOGMARGIN_HOST_DEVICE static bool in_every_lane(bool holds) { return holds; }
  LOGMARGIN_HOST_DEVICE static float clamp(float x, float low, float high) {
    const float raised = x < low ? low : x;
    return raised > high ? high : raised;
  }
  LOGMARGIN_HOST_DEVICE static bits to_bits(float x) {
#ifdef __CUDA_ARCH__
    return __float_as_uint(x);
#else
    return std::bit_cast<bits>(x);
#endif
  }
  LOGMARGIN_HOST_DEVICE static float from_bits(bits b) {
#ifdef __CUDA_ARCH__
    return __uint_as_float(b);
#else
    return std::bit_cast<float>(b);
#endif
  }
};

/// lane<int> is for choices among whole numbers.
template <>
struct lane<int> {
  using mask = bool;
  LOGMARGIN_HOST_DEVICE static int select(bool condition, int yes, int no) { return condition ? yes : no; }
};

template <class V>
LOGMARGIN_HOST_DEVICE auto positive(V x) {
  return x > V(0);
}

/// Returns x where the condition holds, else +0.
template <class V>
LOGMARGIN_HOST_DEVICE V zero_unless(typename lane<V>::mask condition, V x) {
  return lane<V>::select(condition, x, V(0));
}

/// Returns max(x, 0) with relu(NaN) = 0, the same on every device (fmax and maxpd disagree there).
template <class V>
LOGMARGIN_HOST_DEVICE V relu(V x) {
  return zero_unless(x > V(0.0), x);
}

/// Returns the smaller of two numbers: a where one of them is NaN, as where they are equal. Some lanes have an
/// instruction for just that.
template <class V>
LOGMARGIN_HOST_DEVICE V smaller(V a, V b) {
  if constexpr (requires { lane<V>::smaller(a, b); }) {
    return lane<V>::smaller(a, b);
  } else {
    return lane<V>::select(b < a, b, a);
  }
}

template <class V>
LOGMARGIN_HOST_DEVICE V larger(V a, V b) {
  if constexpr (requires { lane<V>::larger(a, b); }) {
    return lane<V>::larger(a, b);
  } else {
    return lane<V>::select(b > a, b, a);
  }
}

template <class V>
LOGMARGIN_HOST_DEVICE V absolute(V x) {
  using bits = typename lane<V>::bits;
  return lane<V>::from_bits(lane<V>::to_bits(x) & bits(0x7fffffffffffffffU));
}

/// Returns numerator/denominator from inverse = 1/denominator, so that several quotients by the same number need one
/// division. It gives the division's own bits while nothing, least of all inverse, leaves the range of normal doubles
/// (P. Markstein, IBM Journal of Research and Development 34, 1990).
template <class V>
LOGMARGIN_HOST_DEVICE V quotient(V numerator, V denominator, V inverse) {
  using L = lane<V>;
  const V close = numerator * inverse;
  return L::fma(L::fma(-close, denominator, numerator), inverse, close);
}

}  // namespace logmargin
