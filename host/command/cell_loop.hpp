#pragma once

#include <functional>
#include <vector>

#include "host/command/checkpoint_folder.hpp"
#include "host/command/run_watch.hpp"
#include "host/engine/engine.hpp"

namespace logmargin {

/// The cells that an engine runs, each with the range of its trials that is this process's.
struct CellWork {
  const std::vector<Cell>& cells;
  const std::vector<CellRun>& runs;
  const Schedule& schedule;
  Engine& engine;
  RunControl& control;
};

/// Runs every cell and feeds the writers. Throws Interrupted.
void run_cells(const CellWork& work, const std::vector<Writer*>& writers);

/// When a run saves what it has.
struct SavePlan {
  double every;                  ///< seconds; infinite for at its end alone
  double max_time;               ///< seconds, of the watch; infinite for no limit
  std::uint64_t smallest_block;  ///< trials; see BlockSizes
  LeapCheck leap_check;
};

/// The same from where a saved run stands, in blocks of trials, with checkpoints between them. When told to stop it
/// saves what is finished and throws Interrupted or, where the time is up, TimeIsUp, with a message that says how to go
/// on. Returns the seconds spent by all attempts together.
double run_cells(const CellWork& work, const std::vector<Writer*>& writers, SavedRun saved, const SavePlan& plan,
                 CheckpointFolder& checkpoint, RunWatch& watch);

}  // namespace logmargin
