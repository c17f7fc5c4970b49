#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "logmargin/measure/track.hpp"

namespace logmargin {

/// RecordGroup holds recorded t so close together that one launch takes the networks through all of them.
struct RecordGroup {
  std::size_t count;        ///< at least 1
  std::int64_t lead_steps;  ///< to the first, by the advance kernels; 0 where the record kernel itself walks there
};

/// The record kernel takes the steps from one recorded t to the next itself where they are no more than this.
inline constexpr double most_steps_between_records = 32.0;
inline constexpr std::size_t most_records_per_group = 64;

/// Returns the group that starts at recorded t number first and ends before number last, for networks at reached_t.
/// Precondition: first < last <= times.size(), times rise, reached_t <= times[first].t, most_records >= 1.
RecordGroup next_group(const std::vector<RecordedTime>& times, std::size_t first, std::size_t last, double reached_t,
                       std::size_t most_records);

}  // namespace logmargin
