#pragma once

#include <vector>

#include "host/tally/tally_sink.hpp"

namespace logmargin {

/// TallySizes says how many tallies a cell has, as the schedule and the thresholds of a plan ask for.
struct TallySizes {
  std::size_t recorded_times;
  std::size_t fits;
  std::size_t thresholds;
};

/// CellTally holds all tallies of some of a cell's trials. It adds like them: the parts of any partition of the trials
/// make the whole.
struct CellTally {
  explicit CellTally(const TallySizes& sizes) : recorded(sizes.recorded_times), horizon(sizes.fits, sizes.thresholds) {}

  std::vector<RecordedTally> recorded;
  HorizonTally horizon;

  /// Gives them to a sink, and ends its cell. Preconditions: the sink has begun it, and the schedule has as many
  /// recorded t.
  void feed(TallySink& sink, const Schedule& schedule) const {
    for (std::size_t i = 0; i < recorded.size(); ++i) sink.recorded(schedule.times()[i].t, recorded[i]);
    sink.end_cell(horizon);
  }

  CellTally& operator+=(const CellTally& other) {
    for (std::size_t i = 0; i < recorded.size(); ++i) recorded[i] += other.recorded[i];
    horizon += other.horizon;
    return *this;
  }
};

}  // namespace logmargin
