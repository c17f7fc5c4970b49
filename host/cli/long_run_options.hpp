#pragma once

#include <optional>

#include "host/cli/parsed_options.hpp"
#include "host/plan/shard.hpp"

namespace logmargin {

/// LongRun says how a long run is cut: in time, into attempts, and in trials, into shards.
struct LongRun {
  std::optional<double> checkpoint_every;  ///< seconds
  std::optional<double> max_time;          ///< seconds
  bool resume = false;
  std::optional<Shard> shard;  ///< where one is asked for, be it 0/1: then results are a shard's file

  /// Returns whether a stopped run leaves a checkpoint.
  bool saves() const { return checkpoint_every || max_time || resume; }
};

/// Reads --checkpoint-every, --resume, --max-time and --shard. Throws UsageError, also where they need --out and it is
/// not given.
LongRun read_long_run(const ParsedOptions& options);

}  // namespace logmargin
