#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <iostream>
#include <random>

namespace logmargin::testing {

/// Random inputs of one test; prints its seed so that a failure can be run again.
class RandomSource {
 public:
  explicit RandomSource(std::uint64_t seed) : generator_(seed) { std::cout << "random inputs: seed " << seed << '\n'; }

  std::uint64_t bits() { return generator_(); }
  std::uint64_t below(std::uint64_t bound) { return generator_() % bound; }
  double unit() { return (static_cast<double>(generator_() >> 12) + 0.5) * 0x1p-52; }
  double uniform(double low, double high) { return low + (high - low) * unit(); }
  double sign() { return (generator_() & 1U) != 0 ? 1.0 : -1.0; }
  /// Magnitude 2^exponent for a uniform exponent.
  double log_uniform(double low_exponent, double high_exponent) {
    return std::exp2(uniform(low_exponent, high_exponent));
  }
  /// Box and Muller's transform, which shares nothing with the product's quantile function.
  double normal() { return std::sqrt(-2.0 * std::log(unit())) * std::cos(6.283185307179586 * unit()); }

 private:
  std::mt19937_64 generator_;
};

/// The double that lies a number of representable values above x; x and the result are positive.
inline double shifted_by_ulps(double x, std::int64_t ulps) {
  return std::bit_cast<double>(std::bit_cast<std::int64_t>(x) + ulps);
}

/// Equal in every bit, or both NaN, whose payload IEEE 754 leaves open.
inline bool same_bits(double a, double b) {
  return (std::isnan(a) && std::isnan(b)) || std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

}  // namespace logmargin::testing
