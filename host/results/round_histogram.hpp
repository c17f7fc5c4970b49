#pragma once

#include <cstdint>
#include <vector>

#include "host/tally/distribution.hpp"

namespace logmargin {

/// RoundHistogram is a histogram as people read it: about ten rows of one width with round bounds, over the inner 90 %
/// of the values.
struct RoundHistogram {
  double first = 0.0;                 ///< lower bound of the first row
  double width = 0.0;                 ///< of a row: 1, 2 or 5 times a power of ten
  std::vector<std::uint64_t> counts;  ///< values below the first row, in each row, and above the last; empty for none

  /// Returns the lower bound of a row.
  double bound(std::size_t row) const { return first + width * static_cast<double>(row); }
};

RoundHistogram round_histogram(const Distribution& distribution);

}  // namespace logmargin
