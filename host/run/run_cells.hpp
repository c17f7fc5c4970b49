#pragma once

#include "host/run/prepared_run.hpp"
#include "host/run/run_watch.hpp"
#include "host/run/saved/checkpoint_folder.hpp"

namespace logmargin {

/// CellWork holds the cells of a run, each with the range of its trials that is this process's, and what trains them.
struct CellWork {
  const PreparedRun& run;
  Engine& engine;
  RunControl& control;
  RowSink* trials = nullptr;               ///< takes every trial's row, if any; see Engine::supports_trial_output
  TrajectorySink* trajectories = nullptr;  ///< takes the trajectories of the only cell, if any
};

/// Runs every cell and feeds the sink. Throws Interrupted.
void run_cells(const CellWork& work, TallySink& sink);

/// SavePlan says when a run saves what it has.
struct SavePlan {
  double every;                  ///< seconds; infinite for at its end alone
  double max_time;               ///< seconds, of the watch; infinite for no limit
  std::uint64_t smallest_block;  ///< trials; see BlockSizes
  LeapCheck leap_check;
};

/// Runs the cells from where a saved run, which the sink knows, stands, in blocks of trials, with checkpoints between
/// them. When told to stop it saves what is finished and throws Interrupted or, where the time is up, TimeIsUp, with a
/// message that says how to go on. Returns the seconds spent by all attempts together.
double run_cells(const CellWork& work, TallySink& sink, SavedRun saved, const SavePlan& plan,
                 CheckpointFolder& checkpoint, RunWatch& watch);

}  // namespace logmargin
