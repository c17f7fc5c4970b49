#include "host/tally/distribution.hpp"

#include <algorithm>

namespace logmargin {

Quantiles scaled(Quantiles quantiles, double factor) {
  if (!std::isfinite(factor) || factor <= 0.0) return {};
  for (double* value : {&quantiles.min, &quantiles.max, &quantiles.mean}) *value *= factor;
  for (double& value : quantiles.at_level) value *= factor;
  return quantiles;
}

void Distribution::add_all(std::span<const double> values) {
  constexpr std::size_t at_once = 512;
  std::array<double, at_once> finite;
  std::array<std::int64_t, at_once> bins;
  while (!values.empty()) {
    const std::size_t here = std::min(at_once, values.size());
    std::size_t count = 0;
    for (const double value : values.first(here)) {
      finite[count] = value + 0.0;  // makes +0 of either zero
      count += std::isfinite(value) ? 1 : 0;
    }
    double least = min_;
    double most = max_;
    for (std::size_t i = 0; i < count; ++i) {
      least = finite[i] < least ? finite[i] : least;
      most = finite[i] > most ? finite[i] : most;
      bins[i] = bin_of(scale_, finite[i]);
    }
    min_ = least;
    max_ = most;
    count_ += count;
    sum_.add_all({finite.data(), count});
    histogram_.add_all({bins.data(), count});
    values = values.subspan(here);
  }
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

Quantiles Distribution::quantiles(std::uint64_t later) const {
  Quantiles result;
  if (count_ == 0) return result;
  result.count = count_;
  result.min = min_;
  if (later == 0) {
    result.max = max_;
    result.mean = std::clamp(sum_.rounded() / static_cast<double>(count_), min_, max_);
  }
  const double all = static_cast<double>(count_) + static_cast<double>(later);
  std::uint64_t below = 0;
  std::size_t level = 0;
  for (const auto& [bin, count] : histogram_.sorted()) {
    below += count;
    const double middle = std::clamp(bin_middle(scale_, bin), min_, max_);
    while (level < quantile_levels.size() && static_cast<double>(below) >= quantile_levels[level] * all) {
      result.at_level[level++] = middle;
    }
  }
  return result;
}

namespace {

std::int64_t divided_down(std::int64_t value, std::int64_t divisor) {
  return value / divisor - (value % divisor < 0 ? 1 : 0);
}

}  // namespace

std::vector<Bar> Distribution::bars() const {
  constexpr std::int64_t middle_bars = 80;
  constexpr std::int64_t side_bars = 18;
  const auto bins = histogram_.sorted();
  std::vector<Bar> joined;
  if (bins.empty()) return joined;
  const std::uint64_t tail = count_ / 100;
  std::int64_t first = bins.front().first;
  std::int64_t last = first;
  std::uint64_t below = 0;
  for (const auto& [bin, count] : bins) {
    if (below <= tail) first = bin;
    if (below < count_ - tail) last = bin;
    below += count;
  }
  const std::int64_t width = (last - first) / middle_bars + 1;
  const std::int64_t lowest = divided_down(first, width) - side_bars;
  const std::int64_t highest = divided_down(last, width) + side_bars;
  std::int64_t current = 0;
  for (const auto& [bin, count] : bins) {
    const std::int64_t group = std::clamp(divided_down(bin, width), lowest - 1, highest + 1);
    if (joined.empty() || group != current) {
      const std::int64_t low = group < lowest ? bin : group * width;
      const std::int64_t high = group < lowest ? lowest * width : (group + 1) * width;
      joined.push_back({bin_low(scale_, low), bin_low(scale_, high), 0});
      current = group;
    }
    if (group > highest) joined.back().high = bin_low(scale_, bin + 1);
    joined.back().count += count;
  }
  joined.front().low = std::max(joined.front().low, min_);
  if (max_ > joined.back().low) joined.back().high = std::min(joined.back().high, max_);
  return joined;
}

}  // namespace logmargin
