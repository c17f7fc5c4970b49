#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "host/plan/trajectory_columns.hpp"
#include "host/tally/tally.hpp"

namespace logmargin {

/// TrialRecord is all that a run knows of one trial in the end.
struct TrialRecord {
  std::uint64_t trial;
  Weights theta;  ///< before the first step
  Network<double> initial, last;
  double margin, gap;  ///< at the horizon; NaN unless both points are classified
  TrialValues values;
  std::vector<double> trajectory = {};  ///< for each chosen column its value at every recorded t
};

/// TrialSink receives the trials of a cell in rising order, some neighbouring ones at a time, each as a row of numbers.
class TrialSink {
 public:
  virtual ~TrialSink() = default;
  /// Adds the row of a trial. Several threads may call it at once.
  virtual void append_row(const TrialRecord& trial, std::vector<double>& rows) const = 0;
  /// Takes whole rows, from changing threads, but one at a time. It may throw, which ends the run.
  virtual void take(std::span<const double> rows) = 0;
};

}  // namespace logmargin
