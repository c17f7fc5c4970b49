#include "host/compare/compared_quantities.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace logmargin {

namespace {

/// Returns a quantity at the last recorded t, which is the horizon.
Quantiles at_horizon(const CellResults& cell, RecordedQuantities::Quantity quantity) {
  return cell.recorded.empty() ? Quantiles() : cell.recorded.back().quantities[static_cast<std::size_t>(quantity)];
}

ComparedQuantity compared_time(const TimeToGapSummary& a, const TimeToGapSummary& b) {
  ComparedQuantity time = {"log10_t_eps_" + a.threshold.text, "log10 t to gap " + a.threshold.text, BinScale::absolute,
                           a.log10_t, b.log10_t};
  time.without = {{"never_above", a.never_above, b.never_above},
                  {"never_within", a.never_within, b.never_within},
                  {"not_known", a.not_known, b.not_known}};
  // What is not known could lie on either side of any rank.
  if (a.not_known == 0 && b.not_known == 0) {
    time.of_medians = interval_of_difference(a.log10_t.median(), median_interval(a.bars), b.log10_t.median(),
                                             median_interval(b.bars));
  }
  return time;
}

}  // namespace

double ComparedQuantity::resolution() const {
  const auto of_median = [this](double median) {
    // The middle of a relative bin is within 0.2 % of its values, that of an absolute one within half its width.
    return scale == BinScale::relative ? 0.002 * std::abs(median) : 0.5 / absolute_bins_a_unit;
  };
  return of_median(a.median()) + of_median(b.median());
}

std::vector<ComparedQuantity> compared_quantities(const CellResults& a, const CellResults& b) {
  const CellSummary& in_a = a.summary;
  const CellSummary& in_b = b.summary;
  std::vector<ComparedQuantity> quantities = {
      {"gap", "gap at horizon", BinScale::relative, at_horizon(a, RecordedQuantities::gap),
       at_horizon(b, RecordedQuantities::gap)},
      {"margin", "margin at horizon", BinScale::relative, at_horizon(a, RecordedQuantities::margin),
       at_horizon(b, RecordedQuantities::margin)},
      {"C", "C: gap ~ C / ln t", BinScale::relative, in_a.fit().constant, in_b.fit().constant},
      {"dip_margin_min", "dip: lowest margin", BinScale::relative, in_a.dip_margin, in_b.dip_margin},
      {"dip_log10_t_min", "dip: log10 t of it", BinScale::absolute, in_a.dip_log10_t, in_b.dip_log10_t}};
  for (const TimeToGapSummary& time : in_a.times) {
    const auto same = std::find_if(in_b.times.begin(), in_b.times.end(), [&](const TimeToGapSummary& other) {
      return other.threshold.text == time.threshold.text;
    });
    if (same != in_b.times.end()) quantities.push_back(compared_time(time, *same));
  }
  return quantities;
}

}  // namespace logmargin
