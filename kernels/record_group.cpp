#include "kernels/record_group.hpp"

namespace logmargin {

RecordGroup next_group(const std::vector<RecordedTime>& times, std::size_t first, std::size_t last, double reached_t,
                       std::size_t most_records) {
  const double lead = times[first].t - reached_t;
  RecordGroup group = {first, 1, lead > most_steps_between_records ? static_cast<std::int64_t>(lead) : 0};
  while (first + group.count < last && group.count < most_records &&
         times[first + group.count].t - times[first + group.count - 1].t <= most_steps_between_records) {
    ++group.count;
  }
  return group;
}

std::vector<std::int64_t> steps_before_each(const std::vector<RecordedTime>& times, const RecordGroup& group,
                                            double reached_t) {
  std::vector<std::int64_t> steps;
  double at = reached_t;
  for (std::size_t r = group.first; r < group.first + group.count; ++r) {
    steps.push_back(static_cast<std::int64_t>(times[r].t - at));
    at = times[r].t;
  }
  return steps;
}

}  // namespace logmargin
