#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "host/engine/run_control.hpp"
#include "host/engine/trials/trajectory_sink.hpp"
#include "host/engine/trials/trial_record.hpp"
#include "host/plan/data_pair.hpp"
#include "host/plan/given_weights.hpp"
#include "host/plan/precision.hpp"
#include "host/plan/schedule.hpp"
#include "host/tally/tally.hpp"
#include "logmargin/initial/initial_distributions.hpp"
#include "logmargin/stepping/stepping.hpp"

namespace logmargin {

/// CellRun is one cell's work: it takes trials first_trial ... first_trial + trials - 1 through the schedule.
struct CellRun {
  Problem problem;
  InitialDistributions laws;  ///< of the weights; see weights
  std::uint64_t seed;
  std::uint64_t first_trial;
  std::uint64_t trials;
  Precision precision = Precision::in_double;
  Stepping stepping = lockstep_stepping;      ///< mixed precision knows lockstep alone
  std::vector<double> thresholds = {};        ///< eps of log10 t_eps
  TrialSink* trial_sink = nullptr;            ///< takes every trial's row, if any; see Engine::supports_trial_output
  std::size_t index = 0;                      ///< of the cell in its plan
  Directions directions = {};                 ///< of the points; on the line, by default
  const GivenWeights* weights = nullptr;      ///< instead of drawn ones, if any
  Statistics statistics = {};                 ///< what is tallied at each recorded t
  TrajectoryColumns trajectory_columns = {};  ///< of the records that trial_sink makes rows of, or of trajectory_sink
  TrajectorySink* trajectory_sink = nullptr;  ///< takes them instead, if any; needs what trial_sink needs
};

/// RecordedSink receives the tally of one recorded t, in rising order: its index in the schedule, then the tally.
using RecordedSink = std::function<void(std::size_t, const RecordedTally&)>;

/// Engine runs cells on one kind of device. Every engine gives the same tallies, bit for bit.
class Engine {
 public:
  virtual ~Engine() = default;

  /// Tells people what computes, and how wide.
  virtual std::string description() const = 0;

  /// Says whether run can feed a cell's trial_sink; where not, the cell must have none.
  virtual bool supports_trial_output() const = 0;

  /// Says whether the engine's own device computes such a cell; where not, run leaves it to the processors.
  virtual bool supports(const CellRun&) const { return true; }

  /// Trains and tallies. Throws Interrupted when control asks.
  virtual HorizonTally run(const CellRun& cell, const Schedule& schedule, const RecordedSink& on_recorded,
                           RunControl& control) = 0;
};

}  // namespace logmargin
