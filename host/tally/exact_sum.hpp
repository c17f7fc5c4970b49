#pragma once

#include <array>
#include <cstdint>

namespace logmargin {

/// The exact sum of doubles, as an integer: no rounding, so any order of adding gives the same bits.
///
/// A fixed-point number of 66 digits to base 2^32, the lowest worth 2^-1074; carries are put off until a digit could
/// overflow. (U. Kulisch's long accumulator.)
class ExactSum {
 public:
  /// Precondition: value is finite.
  void add(double value);
  ExactSum& operator+=(const ExactSum& other);

  /// The sum as a double, within 1 ulp.
  double rounded() const;

 private:
  static constexpr int digits = 66;
  static constexpr int digit_bits = 32;
  static constexpr std::uint32_t carry_after = std::uint32_t{1} << 29;

  void carry();

  std::array<std::int64_t, digits> digit_{};
  std::uint32_t pending_ = 0;
};

}  // namespace logmargin
