#pragma once

#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include "kernels/tally/tally_layout.hpp"

namespace logmargin {

/// ValueCounts is what the device counted of one quantity, for the host to add to its own. The extremes mean nothing
/// for count 0.
struct ValueCounts {
  std::uint64_t count = 0;
  double least = 0.0;
  double largest = 0.0;
  std::array<std::int64_t, long_sum_digits> digits{};
  std::vector<std::pair<std::int64_t, std::uint64_t>> bins;  ///< in no order; a bin may come twice
};

/// TallyCounts is what the device counted at one recorded t, or at the horizon.
template <class Shape>
struct TallyCounts {
  std::array<std::uint64_t, Shape::categories> category{};
  std::array<ValueCounts, Shape::quantities> value;
};

using CheckpointCounts = TallyCounts<RecordedShape>;

struct HorizonCounts {
  std::vector<TallyCounts<HorizonShape>> fit;  ///< earlier fits, then the run's own
  std::vector<TallyCounts<TimeShape>> threshold;

  /// Counts the times of so many thresholds where no time can be known: all networks that converge have an unknown one.
  void count_unknown_times(std::size_t thresholds) {
    TallyCounts<TimeShape> unknown;
    unknown.category[TimeShape::not_known] = fit.back().category[static_cast<std::size_t>(Outcome::converging)];
    threshold.assign(thresholds, unknown);
  }

  std::vector<std::pair<double, std::uint64_t>> dip_times;  ///< t of the converging networks' dips, and how many
};

}  // namespace logmargin
