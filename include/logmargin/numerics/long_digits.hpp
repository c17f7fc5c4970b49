#pragma once

#include <cstdint>

#include "logmargin/numerics/lane.hpp"

namespace logmargin {

/// This many digits to base 2^32 hold any sum of doubles; the lowest is worth 2^-1074. (U. Kulisch's long accumulator.)
inline constexpr int long_sum_digits = 66;
inline constexpr int long_digit_bits = 32;

/// LongDigits is one double as a signed whole number of 2^-1074: three neighbouring digits, each below 2^33, and its
/// sign.
struct LongDigits {
  int lowest;  ///< index of digit[0]
  std::int64_t digit[3];
};

/// Returns the digits of a double. Precondition: value is finite.
LOGMARGIN_HOST_DEVICE LongDigits long_digits(double value) {
  const std::uint64_t bits = lane<double>::to_bits(value);
  const auto biased = static_cast<unsigned>(bits >> 52) & 0x7ffU;
  const std::uint64_t fraction = bits & 0x000fffffffffffffU;
  const std::uint64_t mantissa = biased == 0 ? fraction : fraction | 0x0010000000000000U;
  const unsigned offset = biased == 0 ? 0 : biased - 1;
  const unsigned shift = offset % long_digit_bits;
  const std::uint64_t bottom = (mantissa & 0xffffffffU) << shift;
  const std::uint64_t top = (mantissa >> 32) << shift;
  const std::uint64_t middle = (bottom >> 32) + (top & 0xffffffffU);
  const std::int64_t sign = (bits >> 63) != 0 ? -1 : 1;
  return {static_cast<int>(offset / long_digit_bits),
          {sign * static_cast<std::int64_t>(bottom & 0xffffffffU), sign * static_cast<std::int64_t>(middle),
           sign * static_cast<std::int64_t>(top >> 32)}};
}

}  // namespace logmargin
