#include "host/tally/distribution.hpp"

#include <algorithm>

namespace logmargin {

Quantiles scaled(Quantiles quantiles, double factor) {
  if (!std::isfinite(factor) || factor <= 0.0) return Distribution(BinScale::relative).quantiles();
  for (double* value : {&quantiles.min, &quantiles.max, &quantiles.mean}) *value *= factor;
  for (double& value : quantiles.at_level) value *= factor;
  return quantiles;
}

void Distribution::add_counted(const CountedValues& counted) {
  count_ += counted.count;
  min_ = std::min(min_, counted.min);
  max_ = std::max(max_, counted.max);
  sum_.add_digits(counted.digits);
  for (const auto& [bin, count] : counted.bins) histogram_.add(bin, count);
}

Distribution& Distribution::operator+=(const Distribution& other) {
  count_ += other.count_;
  min_ = std::min(min_, other.min_);
  max_ = std::max(max_, other.max_);
  sum_ += other.sum_;
  histogram_ += other.histogram_;
  return *this;
}

std::vector<std::pair<double, std::uint64_t>> Distribution::binned() const {
  std::vector<std::pair<double, std::uint64_t>> values;
  for (const auto& [bin, count] : histogram_.sorted()) {
    values.emplace_back(std::clamp(bin_middle(scale_, bin), min_, max_), count);
  }
  return values;
}

Quantiles Distribution::quantiles() const {
  Quantiles result{};
  result.count = count_;
  if (count_ == 0) {
    constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
    result.min = result.max = result.mean = undefined;
    result.at_level.fill(undefined);
    return result;
  }
  result.min = min_;
  result.max = max_;
  result.mean = std::clamp(sum_.rounded() / static_cast<double>(count_), min_, max_);
  std::uint64_t below = 0;
  std::size_t level = 0;
  for (const auto& [bin, count] : histogram_.sorted()) {
    below += count;
    const double middle = std::clamp(bin_middle(scale_, bin), min_, max_);
    while (level < quantile_levels.size() &&
           static_cast<double>(below) >= quantile_levels[level] * static_cast<double>(count_)) {
      result.at_level[level++] = middle;
    }
  }
  return result;
}

}  // namespace logmargin
