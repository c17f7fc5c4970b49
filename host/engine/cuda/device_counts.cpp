#include "host/engine/cuda/cuda_engine.hpp"

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

void add_counts(RecordedTally& tally, const CheckpointCounts& counts, const Statistics& statistics) {
  if (statistics.chosen[Statistics::pattern]) add_categories(tally.patterns, counts.category, 0);
  tally.classified += counts.category[RecordedShape::classified_category];
  for (std::size_t q = 0; q < recorded_distributions.size(); ++q) {
    if (statistics.chosen[q]) add_values(tally.*recorded_distributions[q], counts.value[q]);
  }
}

void add_counts(HorizonTally& tally, const HorizonCounts& counts) {
  using Shape = HorizonShape;
  // What is not of a fit is the same in the counts of each.
  const auto& own = counts.fit.back();
  add_categories(tally.outcome, own.category, 0);
  add_categories(tally.dead_points, own.category, Shape::first_dead_points);
  add_categories(tally.law, own.category, Shape::first_law);
  tally.power_law_first_inverse_log_last += own.category[Shape::changed_law];
  for (std::size_t q = 0; q < horizon_distributions.size(); ++q) {
    add_values(tally.*horizon_distributions[q], own.value[q]);
  }
  for (std::size_t i = 0; i < counts.fit.size(); ++i) {
    add_categories(tally.fit[i].best, counts.fit[i].category, Shape::first_best_fit);
    for (std::size_t q = 0; q < fit_distributions.size(); ++q) {
      add_values(tally.fit[i].*fit_distributions[q], counts.fit[i].value[Shape::first_of_fit + q]);
    }
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
