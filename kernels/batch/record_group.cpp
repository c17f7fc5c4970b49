#include "kernels/batch/record_group.hpp"

namespace logmargin {

RecordGroup next_group(const std::vector<RecordedTime>& times, std::size_t first, std::size_t last, double reached_t,
                       std::size_t most_records) {
  const double lead = times[first].t - reached_t;
  RecordGroup group = {1, lead > most_steps_between_records ? static_cast<std::int64_t>(lead) : 0};
  while (first + group.count < last && group.count < most_records &&
         times[first + group.count].t - times[first + group.count - 1].t <= most_steps_between_records) {
    ++group.count;
  }
  return group;
}

}  // namespace logmargin
