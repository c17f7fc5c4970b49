#pragma once

#include <cmath>
#include <cstdint>

#include "logmargin/lane.hpp"

namespace logmargin {

/// How values are grouped: what a quantile's error is measured in.
enum class BinScale : int {
  relative,  ///< 256 bins an octave, for either sign: a bin's middle is within 0.2 % of its values
  absolute   ///< bins of 0.005: a bin's middle is within 0.0025 of its values, relative bins beyond +-1e6
};

inline constexpr int dropped_mantissa_bits = 44;
inline constexpr double absolute_bin_width = 0.005;
inline constexpr double widest_absolute = 1e6;
/// Past every bin of the absolute scale, so that the relative bins beyond it keep the order.
inline constexpr std::int64_t beyond_absolute = 1'000'000'000;

/// Bins are integers that rise with the value they hold. Precondition: value is finite.
LOGMARGIN_HOST_DEVICE std::int64_t bin_of(BinScale scale, double value) {
  const double magnitude = absolute(value);
  if (scale == BinScale::absolute && magnitude <= widest_absolute) {
    return static_cast<std::int64_t>(std::floor(value / absolute_bin_width));
  }
  // On the relative scale bin 0 is zero alone.
  if (value == 0.0) return 0;
  const std::int64_t first = scale == BinScale::absolute ? beyond_absolute : 1;
  const auto bin = first + static_cast<std::int64_t>(lane<double>::to_bits(magnitude) >> dropped_mantissa_bits);
  return value < 0.0 ? -bin : bin;
}

}  // namespace logmargin
