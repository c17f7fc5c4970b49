#pragma once

#include <cstddef>

#include "host/tally/tally.hpp"

namespace logmargin {

/// TallySink receives the tallies of a run's cells as it goes: for each cell its recorded t in rising order, then its
/// horizon.
class TallySink {
 public:
  virtual ~TallySink() = default;
  virtual void begin_cell(std::size_t index) = 0;
  virtual void recorded(double t, const RecordedTally& tally) = 0;
  virtual void end_cell(const HorizonTally& tally) = 0;
};

}  // namespace logmargin
