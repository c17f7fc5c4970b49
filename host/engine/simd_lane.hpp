#pragma once

#include <experimental/simd>

#if defined(__FMA__)
#include <immintrin.h>
#elif defined(__ARM_FEATURE_FMA)
#include <arm_neon.h>
#endif

#include "host/engine/lane_memory.hpp"
#include "logmargin/lane.hpp"

namespace logmargin {

/// SIMD vectors as lanes. The width is part of the type, so code for one instruction set never meets another's.
template <class Abi>
struct lane<std::experimental::simd<double, Abi>> {
  using vector = std::experimental::simd<double, Abi>;
  using mask = typename vector::mask_type;
  using bits = std::experimental::rebind_simd_t<std::uint64_t, vector>;

  [[gnu::always_inline]] static vector fma(vector a, vector b, vector c) {
#if defined(__FMA__)
    if constexpr (vector::size() == 4) {
      return vector(_mm256_fmadd_pd(static_cast<__m256d>(a), static_cast<__m256d>(b), static_cast<__m256d>(c)));
    }
#endif
#if defined(__AVX512F__)
    if constexpr (vector::size() == 8) {
      return vector(_mm512_fmadd_pd(static_cast<__m512d>(a), static_cast<__m512d>(b), static_cast<__m512d>(c)));
    }
#endif
#if defined(__ARM_FEATURE_FMA)
    if constexpr (vector::size() == 2) {
      return vector(vfmaq_f64(static_cast<float64x2_t>(c), static_cast<float64x2_t>(a), static_cast<float64x2_t>(b)));
    }
#endif
    return vector([&](auto i) { return std::fma(a[i], b[i], c[i]); });
  }
  [[gnu::always_inline]] static vector select(mask condition, vector yes, vector no) {
    where(condition, no) = yes;
    return no;
  }
  /// maxpd and minpd return the second operand when one is NaN, which is what keeps NaN.
  [[gnu::always_inline]] static vector clamp(vector x, double low, double high) {
#if defined(__FMA__)
    if constexpr (vector::size() == 4) {
      const __m256d raised = _mm256_max_pd(_mm256_set1_pd(low), static_cast<__m256d>(x));
      return vector(_mm256_min_pd(_mm256_set1_pd(high), raised));
    }
#endif
#if defined(__AVX512F__)
    if constexpr (vector::size() == 8) {
      constexpr __mmask8 all_lanes = 0xff;  // the unmasked intrinsics warn in GCC 12
      const __m512d raised = _mm512_maskz_max_pd(all_lanes, _mm512_set1_pd(low), static_cast<__m512d>(x));
      return vector(_mm512_maskz_min_pd(all_lanes, _mm512_set1_pd(high), raised));
    }
#endif
    const vector raised = select(x < vector(low), vector(low), x);
    return select(raised > vector(high), vector(high), raised);
  }
  [[gnu::always_inline]] static bits to_bits(vector x) { return std::bit_cast<bits>(x); }
  [[gnu::always_inline]] static vector from_bits(bits b) { return std::bit_cast<vector>(b); }
};

template <class Abi>
struct lane_memory<std::experimental::simd<double, Abi>> {
  using vector = std::experimental::simd<double, Abi>;
  static constexpr std::size_t width = vector::size();

  [[gnu::always_inline]] static vector load(const double* from) {
    return vector(from, std::experimental::vector_aligned);
  }
  [[gnu::always_inline]] static void store(vector value, double* to) {
    value.copy_to(to, std::experimental::vector_aligned);
  }
};

}  // namespace logmargin
