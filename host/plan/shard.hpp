#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace logmargin {

/// TrialRange is the range of trials first ... first + trials - 1 of a cell.
struct TrialRange {
  std::uint64_t first;
  std::uint64_t trials;

  bool operator==(const TrialRange&) const = default;
};

/// Shard is one process's part of every cell's trials.
struct Shard {
  std::uint64_t index = 0;  ///< below count
  std::uint64_t count = 1;

  /// Returns this shard's range of so many trials. Neighbouring shards have neighbouring ranges, whose sizes differ by
  /// one at most. Some ranges are empty where there are more shards than trials.
  TrialRange range_of(std::uint64_t trials) const;
  std::string text() const;  ///< as --shard takes it
  bool operator==(const Shard&) const = default;
};

inline constexpr std::uint64_t most_shards = 1'000'000;

/// Environment returns the value of an environment variable, or nothing where it is not set.
using Environment = std::function<std::optional<std::string>(const char*)>;

/// Reads "I/N" with 0 <= I < N, or "auto", the place that Slurm gives the process. This is its place among the tasks of
/// a job array, among the tasks of a step (srun), or among both, with the step's tasks counted fastest. Throws
/// UsageError.
Shard parse_shard(std::string_view text, const Environment& environment);

}  // namespace logmargin
