#include "host/engine/cuda_engine.hpp"

namespace logmargin {

namespace {

void add_values(Distribution& distribution, const ValueCounts& counts) {
  if (counts.count == 0) return;
  distribution.add_counted({counts.count, counts.least, counts.largest, counts.digits, counts.bins});
}

template <std::size_t Size, class Categories>
void add_categories(std::array<std::uint64_t, Size>& to, const Categories& category, std::size_t first) {
  for (std::size_t i = 0; i < Size; ++i) to[i] += category[first + i];
}

}  // namespace

void add_counts(CheckpointTally& tally, const CheckpointCounts& counts) {
  using Shape = CheckpointShape;
  add_categories(tally.patterns, counts.category, 0);
  tally.classified += counts.category[Shape::classified_category];
  add_values(tally.margin, counts.value[Shape::margin]);
  add_values(tally.gap, counts.value[Shape::gap]);
  add_values(tally.log10_loss, counts.value[Shape::log10_loss]);
  add_values(tally.local_log_exponent, counts.value[Shape::local_log_exponent]);
}

void add_counts(HorizonTally& tally, const HorizonCounts& counts) {
  using Shape = HorizonShape;
  // What is not of a fit is the same in the counts of each.
  const auto& own = counts.fit.back();
  add_categories(tally.outcome, own.category, 0);
  add_categories(tally.dead_points, own.category, Shape::first_dead_points);
  add_values(tally.dip_margin, own.value[Shape::dip_margin]);
  add_values(tally.limiting_constant, own.value[Shape::theory_constant]);
  add_values(tally.margin, own.value[Shape::margin]);
  add_values(tally.excess, own.value[Shape::excess]);
  add_values(tally.log10_t_of_law, own.value[Shape::log10_t_of_law]);
  add_values(tally.unresolved_log10_t, own.value[Shape::unresolved_log10_t]);
  add_categories(tally.law, own.category, Shape::first_law);
  tally.power_law_first_inverse_log_last += own.category[Shape::changed_law];
  for (std::size_t i = 0; i < counts.fit.size(); ++i) {
    const auto& value = counts.fit[i].value;
    add_categories(tally.fit[i].best, counts.fit[i].category, Shape::first_best_fit);
    add_values(tally.fit[i].inverse_log_constant, value[Shape::inverse_log_constant]);
    add_values(tally.fit[i].constant_ratio, value[Shape::constant_ratio]);
    add_values(tally.fit[i].inverse_log_r2, value[Shape::inverse_log_r2]);
    add_values(tally.fit[i].log_exponent, value[Shape::log_exponent]);
    add_values(tally.fit[i].power_exponent, value[Shape::power_exponent]);
  }
  for (std::size_t i = 0; i < counts.threshold.size(); ++i) {
    const auto& category = counts.threshold[i].category;
    tally.time_to_gap[i].never_above += category[TimeShape::never_above];
    tally.time_to_gap[i].never_within += category[TimeShape::never_within];
    tally.time_to_gap[i].not_known += category[TimeShape::not_known];
    add_values(tally.time_to_gap[i].log10_t, counts.threshold[i].value[0]);
  }
  for (const auto& [t, networks] : counts.dip_times) tally.dip_log10_t.add(log10_of_time(t), networks);
}

}  // namespace logmargin
