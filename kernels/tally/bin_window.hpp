#pragma once

#include <cstdint>

#include "logmargin/measure/bin.hpp"

namespace logmargin {

/// BinWindow names the bins that have counters of their own: bin 0 in slot 0 and first_bin ... first_bin + bins - 1
/// after it. Values elsewhere go to the overflow list.
struct BinWindow {
  BinScale scale;
  std::int64_t first_bin;
  std::uint32_t bins;

  LOGMARGIN_HOST_DEVICE constexpr std::uint32_t slots() const { return bins + 1; }
};

inline constexpr std::int64_t no_slot = -1;

LOGMARGIN_HOST_DEVICE std::int64_t slot_of(const BinWindow& window, std::int64_t bin) {
  if (bin == 0) return 0;
  const std::int64_t place = bin - window.first_bin;
  return place >= 0 && place < window.bins ? place + 1 : no_slot;
}

LOGMARGIN_HOST_DEVICE std::int64_t bin_of_slot(const BinWindow& window, std::int64_t slot) {
  return slot == 0 ? 0 : window.first_bin + slot - 1;
}

/// Returns the window of positive values from 2^-40 to 2^8.
LOGMARGIN_HOST_DEVICE constexpr BinWindow positive_window() {
  constexpr int bins_per_octave = 1 << (52 - dropped_mantissa_bits);
  return {BinScale::relative, 1 + std::int64_t{1023 - 40} * bins_per_octave, 48 * bins_per_octave};
}

/// Returns the window of values from -40.96 to 40.96.
LOGMARGIN_HOST_DEVICE constexpr BinWindow logarithmic_window() { return {BinScale::absolute, -8192, 16384}; }

/// Returns the window of values from -5.12 to 650.24, which are log10 of steps.
LOGMARGIN_HOST_DEVICE constexpr BinWindow step_count_window() { return {BinScale::absolute, -1024, 131072}; }

}  // namespace logmargin
