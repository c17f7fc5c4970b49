#pragma once

#include <vector>

#include "host/engine/engine.hpp"
#include "host/engine/leap_check.hpp"
#include "host/plan/experiment.hpp"
#include "host/plan/shard.hpp"

namespace logmargin {

/// PreparedRun is an experiment as the work of an engine, cell by cell.
struct PreparedRun {
  Experiment experiment;
  Schedule schedule;  ///< the experiment's
  std::vector<CellRun> cells = {};
  TrajectoryColumns trajectory_columns = {};  ///< of the records that a sink of trials takes

  /// Makes every cell's work, with all of the experiment's trials. threads counts those of all processes that share
  /// them. Throws UsageError where a horizon is out of reach, and Interrupted.
  void prepare_cells(unsigned threads, const RunControl& control);

  /// Keeps these trials alone of every cell. Precondition: the cells have all of the experiment's.
  void keep(const TrialRange& range);
  /// Returns the steps from 0 to the horizon of so many trials of every cell.
  double network_steps(std::uint64_t trials) const;
};

/// Follows some networks of the first cells twice: in lockstep too where they leap, else from a start that differs in
/// the last place. They are the same networks however the run is cut into shards and attempts. Precondition: the cells
/// have all trials. Throws Interrupted.
LeapCheck check_stepping(const PreparedRun& run, RunControl& control);

}  // namespace logmargin
