#pragma once

#include <cstddef>

#include "host/engine/leap_check.hpp"
#include "host/plan/plan.hpp"
#include "host/tally/tally.hpp"

namespace logmargin {

/// One output format, fed as the run goes: for each cell its recorded t in rising order, then its horizon.
class Writer {
 public:
  virtual ~Writer() = default;
  virtual void begin_cell(std::size_t index, const Cell& cell) = 0;
  virtual void checkpoint(double t, const CheckpointTally& tally) = 0;
  virtual void end_cell(const HorizonTally& tally) = 0;
};

/// The facts of a finished run that are not results.
struct RunFacts {
  double seconds;
  double network_steps;
  std::string device;
  unsigned threads;
  std::string stepping;   ///< the mode asked for
  double steps_computed;  ///< of network_steps, one by one
  LeapCheck leap_check;
};

}  // namespace logmargin
