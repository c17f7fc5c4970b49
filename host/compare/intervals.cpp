#include "host/compare/intervals.hpp"

#include <algorithm>

#include "logmargin/numerics/normal_quantile.hpp"

namespace logmargin {

namespace {

/// Returns the quantile of the normal law that leaves 2.5 % above it.
double normal_limit() { return normal_quantile(0.975); }

/// Returns the interval of b - a for estimates with that correlation: the distances to their own limits are added as
/// standard errors are.
Interval squares_added(double a, const Interval& of_a, double b, const Interval& of_b, double correlation) {
  const auto distance = [correlation](double x, double y) {
    return std::sqrt(std::max(x * x + y * y - 2.0 * correlation * x * y, 0.0));
  };
  return {b - a - distance(b - of_b.low, of_a.high - a), b - a + distance(of_b.high - b, a - of_a.low)};
}

/// Returns the bar that holds the value of a rank, counted from 1.
const Bar& bar_of_rank(std::span<const Bar> sample, std::uint64_t rank) {
  std::uint64_t below = 0;
  for (const Bar& bar : sample) {
    below += bar.count;
    if (below >= rank) return bar;
  }
  return sample.back();
}

}  // namespace

Interval share_interval(std::uint64_t count, std::uint64_t all) {
  const auto x = static_cast<double>(count);
  const auto n = static_cast<double>(all);
  const double square = normal_limit() * normal_limit();
  const double middle = x + 0.5 * square;
  const double half = std::sqrt(square * (x * ((n - x) / n) + 0.25 * square));
  // Rounding would leave a share of nothing, or of all, a little beside its limit.
  return {count == 0 ? 0.0 : (middle - half) / (n + square), count == all ? 1.0 : (middle + half) / (n + square)};
}

ShareDifference difference_of_independent_shares(std::uint64_t count_a, std::uint64_t all_a, std::uint64_t count_b,
                                                 std::uint64_t all_b) {
  const double a = static_cast<double>(count_a) / static_cast<double>(all_a);
  const double b = static_cast<double>(count_b) / static_cast<double>(all_b);
  const double variance = a * (1.0 - a) / static_cast<double>(all_a) + b * (1.0 - b) / static_cast<double>(all_b);
  return {b - a, std::sqrt(variance),
          squares_added(a, share_interval(count_a, all_a), b, share_interval(count_b, all_b), 0.0)};
}

ShareDifference difference_of_paired_shares(const PairCounts& counts) {
  const auto both = static_cast<double>(counts.in_both);
  const auto a_alone = static_cast<double>(counts.in_a_alone);
  const auto b_alone = static_cast<double>(counts.in_b_alone);
  const auto none = static_cast<double>(counts.in_none);
  const std::uint64_t all = counts.in_both + counts.in_a_alone + counts.in_b_alone + counts.in_none;
  const auto n = static_cast<double>(all);
  // The continuity correction lowers a positive correlation alone.
  double covariance = both * none - a_alone * b_alone;
  if (covariance > 0.0) covariance = std::max(covariance - 0.5 * n, 0.0);
  const double scale = std::sqrt((both + b_alone) * (a_alone + none)) * std::sqrt((both + a_alone) * (b_alone + none));
  const double correlation = scale > 0.0 ? covariance / scale : 0.0;
  const double change = b_alone - a_alone;
  return {change / n, std::sqrt(std::max(a_alone + b_alone - change * change / n, 0.0)) / n,
          squares_added((both + a_alone) / n, share_interval(counts.in_both + counts.in_a_alone, all),
                        (both + b_alone) / n, share_interval(counts.in_both + counts.in_b_alone, all), correlation)};
}

Interval median_interval(std::span<const Bar> sample) {
  std::uint64_t count = 0;
  for (const Bar& bar : sample) count += bar.count;
  const auto n = static_cast<double>(count);
  const double half = 0.5 * normal_limit() * std::sqrt(n);
  const double low = std::floor(0.5 * n - half);
  if (low < 1.0) return {};
  const auto rank = static_cast<std::uint64_t>(low);
  return {bar_of_rank(sample, rank).low, bar_of_rank(sample, count + 1 - rank).high};
}

Interval interval_of_difference(double a, const Interval& of_a, double b, const Interval& of_b) {
  return of_a.known() && of_b.known() ? squares_added(a, of_a, b, of_b, 0.0) : Interval();
}

}  // namespace logmargin
