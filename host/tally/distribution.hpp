#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>

#include "host/tally/exact_sum.hpp"
#include "host/tally/histogram.hpp"

namespace logmargin {

inline constexpr std::array<double, 7> quantile_levels = {0.01, 0.05, 0.25, 0.50, 0.75, 0.95, 0.99};

/// A distribution as it is reported. The values are NaN where count is 0.
struct Quantiles {
  std::uint64_t count;
  double min, max, mean;
  std::array<double, quantile_levels.size()> at_level;  ///< the order statistic ceil(level * count), to bin width
};

/// Count, extremes, exact sum and histogram of one quantity. Adds like the integers it is made of.
class Distribution {
 public:
  explicit Distribution(BinScale scale) : scale_(scale) {}

  /// Values that are not finite are left out; the count says how many were not.
  void add(double value) {
    if (!std::isfinite(value)) return;
    const double unsigned_zero = value + 0.0;
    ++count_;
    if (unsigned_zero < min_) min_ = unsigned_zero;
    if (unsigned_zero > max_) max_ = unsigned_zero;
    sum_.add(unsigned_zero);
    histogram_.add(bin_of(scale_, unsigned_zero));
  }
  Distribution& operator+=(const Distribution& other);

  std::uint64_t count() const { return count_; }
  Quantiles quantiles() const;

 private:
  BinScale scale_;
  std::uint64_t count_ = 0;
  double min_ = std::numeric_limits<double>::infinity();
  double max_ = -std::numeric_limits<double>::infinity();
  ExactSum sum_;
  Histogram histogram_;
};

}  // namespace logmargin
