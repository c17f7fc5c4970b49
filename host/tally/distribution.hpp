#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "host/tally/exact_sum.hpp"
#include "host/tally/histogram.hpp"

namespace logmargin {

inline constexpr std::array<double, 7> quantile_levels = {0.01, 0.05, 0.25, 0.50, 0.75, 0.95, 0.99};

/// Quantiles is a distribution as it is reported. The values are NaN where count is 0.
struct Quantiles {
  static constexpr double none = std::numeric_limits<double>::quiet_NaN();

  std::uint64_t count = 0;
  double min = none, max = none, mean = none;
  /// This is the order statistic ceil(level * count), to bin width, for each of quantile_levels.
  std::array<double, quantile_levels.size()> at_level = {none, none, none, none, none, none, none};

  double q05() const { return at_level[1]; }
  double q25() const { return at_level[2]; }
  double median() const { return at_level[3]; }
  double q75() const { return at_level[4]; }
  double q95() const { return at_level[5]; }
};

/// Returns the quantiles of all values times a factor. Returns empty Quantiles where the factor is not finite and
/// positive.
Quantiles scaled(Quantiles quantiles, double factor);

/// Bar is one bar of a histogram: count values from low to high.
struct Bar {
  double low, high;
  std::uint64_t count;
};

/// CountedValues holds finite values counted on a device: what Distribution::add would have made of each.
struct CountedValues {
  std::uint64_t count;
  double min, max;
  const std::array<std::int64_t, long_sum_digits>& digits;          ///< of the sum; each below 2^61 in magnitude
  const std::vector<std::pair<std::int64_t, std::uint64_t>>& bins;  ///< with the count of each; one may come twice
};

/// DistributionContents is all that a distribution is made of: what add_counted takes to make an equal one.
struct DistributionContents {
  std::uint64_t count = 0;
  double min = 0.0, max = 0.0;  ///< infinite where count is 0
  std::array<std::int64_t, long_sum_digits> digits{};
  std::vector<std::pair<std::int64_t, std::uint64_t>> bins;  ///< rising, none empty
};

/// Distribution holds the count, extremes, exact sum and histogram of one quantity. It adds like the integers that it
/// is made of.
class Distribution {
 public:
  explicit Distribution(BinScale scale) : scale_(scale) {}

  /// Adds a value as often as times says. Values that are not finite are left out and do not count. Precondition: times
  /// is below 2^28.
  void add(double value, std::uint64_t times = 1) {
    if (!std::isfinite(value) || times == 0) return;
    const double unsigned_zero = value + 0.0;
    count_ += times;
    if (unsigned_zero < min_) min_ = unsigned_zero;
    if (unsigned_zero > max_) max_ = unsigned_zero;
    sum_.add(unsigned_zero, times);
    histogram_.add(bin_of(scale_, unsigned_zero), times);
  }
  /// Adds each of many values.
  void add_all(std::span<const double> values);
  /// Adds what was counted elsewhere, with the same bins. Precondition: there is at least one value.
  void add_counted(const CountedValues& counted);
  Distribution& operator+=(const Distribution& other);

  BinScale scale() const { return scale_; }
  std::uint64_t count() const { return count_; }
  DistributionContents contents() const { return {count_, min_, max_, sum_.carried_digits(), histogram_.sorted()}; }
  /// Returns the quantiles of these values and of later further values, which are larger than all of these and not
  /// known. What the further values reach is NaN.
  Quantiles quantiles(std::uint64_t later = 0) const;
  /// Returns the middle of each non-empty bin, rising, and how many values are in it.
  std::vector<std::pair<double, std::uint64_t>> binned() const;
  /// Returns the histogram in rising order without its empty bars. Neighbouring bins are joined to bars of one width in
  /// bins, 120 at most, which are fine where the middle 98 % of the values are. The values far outside them are one bar
  /// on either side.
  std::vector<Bar> bars() const;

 private:
  BinScale scale_;
  std::uint64_t count_ = 0;
  double min_ = std::numeric_limits<double>::infinity();
  double max_ = -std::numeric_limits<double>::infinity();
  ExactSum sum_;
  Histogram histogram_;
};

}  // namespace logmargin
