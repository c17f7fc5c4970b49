#pragma once

#include <cmath>
#include <cstdint>

#include "logmargin/numerics/lane.hpp"

namespace logmargin {

/// BinScale says how values are grouped; a quantile's error is measured in these groups.
enum class BinScale : int {
  relative,  ///< 256 bins an octave, for either sign: a bin's middle is within 0.2 % of its values
  absolute   ///< 200 bins a unit: a bin's middle is within 0.0025 of its values, relative bins beyond +-1e6
};

inline constexpr int dropped_mantissa_bits = 44;
inline constexpr double absolute_bins_a_unit = 200.0;
inline constexpr double widest_absolute = 1e6;
/// This lies past every bin of the absolute scale, so that the relative bins beyond it keep the order.
inline constexpr std::int64_t beyond_absolute = 1'000'000'000;

/// Returns the bin of a value. Bins are integers that rise with the value they hold. Precondition: value is finite.
LOGMARGIN_HOST_DEVICE std::int64_t bin_of(BinScale scale, double value) {
  // Finite doubles are in the order of their bits: comparisons of integers, which GPUs are fast at.
  const std::uint64_t bits = lane<double>::to_bits(value);
  const std::uint64_t magnitude = bits & ~(std::uint64_t{1} << 63);
  if (scale == BinScale::absolute && magnitude <= lane<double>::to_bits(widest_absolute)) {
    return static_cast<std::int64_t>(std::floor(value * absolute_bins_a_unit));
  }
  // On the relative scale bin 0 is zero alone.
  if (magnitude == 0) return 0;
  const std::int64_t first = scale == BinScale::absolute ? beyond_absolute : 1;
  const auto bin = first + static_cast<std::int64_t>(magnitude >> dropped_mantissa_bits);
  return bits != magnitude ? -bin : bin;
}

}  // namespace logmargin
