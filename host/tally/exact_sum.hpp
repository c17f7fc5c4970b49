#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "logmargin/numerics/long_digits.hpp"

namespace logmargin {

/// The exact sum of doubles, as an integer: no rounding, so any order of adding gives the same bits.
///
/// Long digits; carries are put off until one could overflow.
class ExactSum {
 public:
  /// Precondition: value is finite, times is below 2^28.
  void add(double value, std::uint64_t times = 1);
  /// Adds each. Precondition: values are finite and fewer than 2^28.
  void add_all(std::span<const double> values);
  /// Digits that a device has summed. Precondition: each below 2^61 in magnitude.
  void add_digits(const std::array<std::int64_t, long_sum_digits>& summed);
  ExactSum& operator+=(const ExactSum& other);

  /// The digits, each from 0 to 2^32 - 1 but the last, which bears the sign: equal sums have equal ones.
  std::array<std::int64_t, long_sum_digits> carried_digits() const;
  /// The sum as a double, within 1 ulp.
  double rounded() const;

 private:
  static constexpr std::size_t digits = long_sum_digits;
  static constexpr std::uint32_t carry_after = std::uint32_t{1} << 29;

  void add_parts(double value, std::int64_t factor) {
    const LongDigits parts = long_digits(value);
    for (std::size_t i = 0; i < 3; ++i) digit_[static_cast<std::size_t>(parts.lowest) + i] += factor * parts.digit[i];
  }
  void carry();

  std::array<std::int64_t, digits> digit_{};
  std::uint32_t pending_ = 0;
};

}  // namespace logmargin
