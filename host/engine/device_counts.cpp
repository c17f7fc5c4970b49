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
}

void add_counts(HorizonTally& tally, const HorizonCounts& counts) {
  using Shape = HorizonShape;
  const auto& category = counts.tally.category;
  const auto& value = counts.tally.value;
  add_categories(tally.outcome, category, 0);
  add_categories(tally.dead_points, category, Shape::first_dead_points);
  add_categories(tally.best_fit, category, Shape::first_best_fit);
  add_values(tally.dip_margin, value[Shape::dip_margin]);
  add_values(tally.inverse_log_constant, value[Shape::inverse_log_constant]);
  add_values(tally.limiting_constant, value[Shape::limiting_constant]);
  add_values(tally.constant_ratio, value[Shape::constant_ratio]);
  add_values(tally.inverse_log_r2, value[Shape::inverse_log_r2]);
  add_values(tally.log_exponent, value[Shape::log_exponent]);
  add_values(tally.power_exponent, value[Shape::power_exponent]);
  for (const auto& [t, networks] : counts.dip_times) tally.dip_log10_t.add(log10_of_time(t), networks);
}

}  // namespace logmargin
