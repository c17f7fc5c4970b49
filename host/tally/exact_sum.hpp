#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "logmargin/numerics/long_digits.hpp"

namespace logmargin {

/// ExactSum is the exact sum of doubles, kept as an integer. It does not round, so any order of adding gives the same
/// bits.
///
/// It consists of long digits. Carries are put off until a digit could overflow.
class ExactSum {
 public:
  /// Adds a value as often as times says. Precondition: value is finite, times is below 2^28.
  void add(double value, std::uint64_t times = 1);
  /// Adds each of the values. Precondition: they are finite and fewer than 2^28.
  void add_all(std::span<const double> values);
  /// Adds digits that a device has summed. Precondition: each is below 2^61 in magnitude.
  void add_digits(const std::array<std::int64_t, long_sum_digits>& summed);
  ExactSum& operator+=(const ExactSum& other);

  /// Returns the digits, each from 0 to 2^32 - 1 but the last, which bears the sign. Equal sums have equal digits.
  std::array<std::int64_t, long_sum_digits> carried_digits() const;
  /// Returns the sum as a double, within 1 ulp.
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
