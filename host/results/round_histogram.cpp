#include "host/results/round_histogram.hpp"

#include <algorithm>
#include <cmath>

namespace logmargin {

namespace {

/// Returns empty rows, about eight of them from low to high.
RoundHistogram rows_over(double low, double high) {
  constexpr double narrowest = 0.01;  // twice the width of the bins underneath
  const double wanted = std::max((high - low) / 8.0, narrowest);
  const double decade = std::pow(10.0, std::floor(std::log10(wanted)));
  double width = 10.0 * decade;
  for (const double digit : {5.0, 2.0, 1.0}) {
    if (digit * decade >= wanted * (1.0 - 1e-9)) width = digit * decade;
  }
  const double first = std::floor(low / width);
  const double last = std::floor(high / width);
  const std::size_t rows = static_cast<std::size_t>(last - first) + 1;
  return {first * width, width, std::vector<std::uint64_t>(rows + 2)};
}

}  // namespace

RoundHistogram round_histogram(const Distribution& distribution) {
  if (distribution.count() == 0) return {};
  const Quantiles quantiles = distribution.quantiles();
  RoundHistogram histogram = rows_over(quantiles.q05(), quantiles.q95());
  const auto last = static_cast<double>(histogram.counts.size() - 1);
  for (const auto& [value, count] : distribution.binned()) {
    const double row = std::floor((value - histogram.first) / histogram.width) + 1.0;
    histogram.counts[static_cast<std::size_t>(std::clamp(row, 0.0, last))] += count;
  }
  return histogram;
}

}  // namespace logmargin
