#pragma once

#include <cstdint>
#include <vector>

#include "host/tally/tally.hpp"

namespace logmargin {

/// All that a run knows of one trial in the end.
struct TrialRecord {
  std::uint64_t trial;
  Weights theta;  ///< before the first step
  Network<double> initial, last;
  double margin, gap;  ///< at the horizon; NaN unless both points are classified
  TrialValues values;
};

/// Receives the trials of a cell in rising order, some neighbouring ones at a time.
class TrialSink {
 public:
  virtual ~TrialSink() = default;
  /// From changing threads, but one at a time. May throw, which ends the run.
  virtual void take(const std::vector<TrialRecord>& trials) = 0;
};

}  // namespace logmargin
