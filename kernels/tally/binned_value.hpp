#pragma once

#include "kernels/tally/bin_window.hpp"
#include "logmargin/numerics/long_digits.hpp"

namespace logmargin {

inline constexpr std::uint64_t sign_bit = std::uint64_t{1} << 63;

/// Returns an unsigned integer for a double, in the order of the doubles. Precondition: value is not NaN.
LOGMARGIN_HOST_DEVICE std::uint64_t ordered_key(double value) {
  const std::uint64_t bits = lane<double>::to_bits(value);
  return bits ^ ((bits & sign_bit) != 0 ? ~std::uint64_t{0} : sign_bit);
}

LOGMARGIN_HOST_DEVICE double value_of_key(std::uint64_t key) {
  return lane<double>::from_bits(key ^ ((key & sign_bit) != 0 ? sign_bit : ~std::uint64_t{0}));
}

/// These keys belong to no value at all: every other key is smaller than the first and larger than the second.
inline constexpr std::uint64_t no_least_key = ~std::uint64_t{0};
inline constexpr std::uint64_t no_largest_key = 0;

/// BinnedValue is one value of a distribution, taken to pieces for the counters.
struct BinnedValue {
  bool counted;  ///< wanted, and finite; the rest means nothing otherwise
  std::int64_t bin;
  std::int64_t slot;  ///< no_slot outside the window
  std::uint64_t key;
  LongDigits digits;

  LOGMARGIN_HOST_DEVICE bool overflows() const { return counted && slot == no_slot; }
};

LOGMARGIN_HOST_DEVICE BinnedValue counted_value(const BinWindow& window, bool wanted, double value) {
  // These tests use integers: a GPU has few units for doubles.
  constexpr std::uint64_t exponent = 0x7ff0000000000000U;
  const std::uint64_t bits = lane<double>::to_bits(value);
  if (!wanted || (bits & exponent) == exponent) return {false, 0, 0, 0, {0, {0, 0, 0}}};
  const double unsigned_zero = lane<double>::from_bits(bits == sign_bit ? 0 : bits);
  const std::int64_t bin = bin_of(window.scale, unsigned_zero);
  return {true, bin, slot_of(window, bin), ordered_key(unsigned_zero), long_digits(unsigned_zero)};
}

}  // namespace logmargin
