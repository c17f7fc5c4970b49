#pragma once

#include <experimental/simd>

#if defined(__FMA__)
#include <immintrin.h>
#elif defined(__ARM_FEATURE_FMA)
#include <arm_neon.h>
#endif

#include "host/engine/cpu/lanes/lane_memory.hpp"
#include "logmargin/model/pair.hpp"

namespace logmargin {

/// vector_instructions holds what vectors of T of some width do in one instruction, where this file's target has one.
/// Otherwise it is empty.
template <class T, std::size_t bytes>
struct vector_instructions {};

#if defined(__FMA__)
// maxpd and minpd return the second operand when one is NaN, or both are zero. This keeps NaN in clamp.
template <>
struct vector_instructions<double, 32> {
  using raw = __m256d;
  [[gnu::always_inline]] static raw fma(raw a, raw b, raw c) { return _mm256_fmadd_pd(a, b, c); }
  [[gnu::always_inline]] static raw clamp(raw x, double low, double high) {
    return _mm256_min_pd(_mm256_set1_pd(high), _mm256_max_pd(_mm256_set1_pd(low), x));
  }
  [[gnu::always_inline]] static raw smaller(raw a, raw b) { return _mm256_min_pd(b, a); }
  [[gnu::always_inline]] static raw larger(raw a, raw b) { return _mm256_max_pd(b, a); }
};
template <>
struct vector_instructions<float, 32> {
  using raw = __m256;
  [[gnu::always_inline]] static raw fma(raw a, raw b, raw c) { return _mm256_fmadd_ps(a, b, c); }
  [[gnu::always_inline]] static raw clamp(raw x, float low, float high) {
    return _mm256_min_ps(_mm256_set1_ps(high), _mm256_max_ps(_mm256_set1_ps(low), x));
  }
};
#endif
#if defined(__AVX512F__)
// These instructions take a mask of all lanes, since the unmasked intrinsics warn in GCC 12.
template <>
struct vector_instructions<double, 64> {
  using raw = __m512d;
  static constexpr __mmask8 all = 0xff;
  [[gnu::always_inline]] static raw fma(raw a, raw b, raw c) { return _mm512_fmadd_pd(a, b, c); }
  [[gnu::always_inline]] static raw sqrt(raw x) { return _mm512_maskz_sqrt_pd(all, x); }
  [[gnu::always_inline]] static raw clamp(raw x, double low, double high) {
    return _mm512_maskz_min_pd(all, _mm512_set1_pd(high), _mm512_maskz_max_pd(all, _mm512_set1_pd(low), x));
  }
  [[gnu::always_inline]] static raw smaller(raw a, raw b) { return _mm512_maskz_min_pd(all, b, a); }
  [[gnu::always_inline]] static raw larger(raw a, raw b) { return _mm512_maskz_max_pd(all, b, a); }
};
template <>
struct vector_instructions<float, 64> {
  using raw = __m512;
  static constexpr __mmask16 all = 0xffff;
  [[gnu::always_inline]] static raw fma(raw a, raw b, raw c) { return _mm512_fmadd_ps(a, b, c); }
  [[gnu::always_inline]] static raw clamp(raw x, float low, float high) {
    return _mm512_maskz_min_ps(all, _mm512_set1_ps(high), _mm512_maskz_max_ps(all, _mm512_set1_ps(low), x));
  }
};
#endif
#if defined(__ARM_FEATURE_FMA)
template <>
struct vector_instructions<double, 16> {
  using raw = float64x2_t;
  [[gnu::always_inline]] static raw fma(raw a, raw b, raw c) { return vfmaq_f64(c, a, b); }
};
template <>
struct vector_instructions<float, 16> {
  using raw = float32x4_t;
  [[gnu::always_inline]] static raw fma(raw a, raw b, raw c) { return vfmaq_f32(c, a, b); }
};
#endif

/// This specialisation lets SIMD vectors serve as lanes. The width is part of the type, so code for one instruction set
/// never meets another's.
template <class T, class Abi>
struct lane<std::experimental::simd<T, Abi>> {
  using vector = std::experimental::simd<T, Abi>;
  using scalar = T;
  using mask = typename vector::mask_type;
  using bits = std::experimental::rebind_simd_t<typename lane<T>::bits, vector>;
  using instructions = vector_instructions<T, sizeof(vector)>;

  [[gnu::always_inline]] static vector fma(vector a, vector b, vector c) {
    if constexpr (requires { &instructions::fma; }) {
      using raw = typename instructions::raw;
      return vector(instructions::fma(static_cast<raw>(a), static_cast<raw>(b), static_cast<raw>(c)));
    } else {
      return vector([&](auto i) { return std::fma(a[i], b[i], c[i]); });
    }
  }
  [[gnu::always_inline]] static vector select(mask condition, vector yes, vector no) {
    where(condition, no) = yes;
    return no;
  }
  [[gnu::always_inline]] static bool in_every_lane(const mask& holds) { return std::experimental::all_of(holds); }
  [[gnu::always_inline]] static vector clamp(vector x, T low, T high) {
    if constexpr (requires { &instructions::clamp; }) {
      return vector(instructions::clamp(static_cast<typename instructions::raw>(x), low, high));
    } else {
      const vector raised = select(x < vector(low), vector(low), x);
      return select(raised > vector(high), vector(high), raised);
    }
  }
  [[gnu::always_inline]] static vector smaller(vector a, vector b) requires requires { &instructions::smaller; }
  {
    using raw = typename instructions::raw;
    return vector(instructions::smaller(static_cast<raw>(a), static_cast<raw>(b)));
  }
  [[gnu::always_inline]] static vector larger(vector a, vector b) requires requires { &instructions::larger; }
  {
    using raw = typename instructions::raw;
    return vector(instructions::larger(static_cast<raw>(a), static_cast<raw>(b)));
  }
  [[gnu::always_inline]] static vector sqrt(vector x) {
    if constexpr (requires { &instructions::sqrt; }) {
      return vector(instructions::sqrt(static_cast<typename instructions::raw>(x)));
    } else {
      return std::experimental::sqrt(x);
    }
  }
  [[gnu::always_inline]] static bits to_bits(vector x) { return std::bit_cast<bits>(x); }
  [[gnu::always_inline]] static vector from_bits(bits b) { return std::bit_cast<vector>(b); }
};

template <class Abi>
struct lane_memory<std::experimental::simd<double, Abi>> {
  using vector = std::experimental::simd<double, Abi>;
  using number = double;
  static constexpr std::size_t width = vector::size();

  [[gnu::always_inline]] static vector load(const double* from) {
    return vector(from, std::experimental::vector_aligned);
  }
  [[gnu::always_inline]] static void store(vector value, double* to) {
    value.copy_to(to, std::experimental::vector_aligned);
  }
};

/// Memory keeps a network's high and low side by side.
template <class Abi>
struct lane_memory<Pair<std::experimental::simd<float, Abi>>> {
  using vector = std::experimental::simd<float, Abi>;
  using number = Pair<float>;
  static constexpr std::size_t width = vector::size();

  [[gnu::always_inline]] static Pair<vector> load(const number* from) {
    return {vector([&](auto i) { return from[i].high; }), vector([&](auto i) { return from[i].low; })};
  }
  [[gnu::always_inline]] static void store(const Pair<vector>& value, number* to) {
    for (std::size_t i = 0; i < width; ++i) to[i] = {value.high[i], value.low[i]};
  }
};

}  // namespace logmargin
