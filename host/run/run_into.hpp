#pragma once

#include <vector>

#include "host/cli/experiment_options.hpp"
#include "host/engine/trials/trajectory_sink.hpp"
#include "host/results/trials/trial_rows.hpp"
#include "host/results/writer.hpp"
#include "host/run/prepared_run.hpp"
#include "host/run/run.hpp"

namespace logmargin {

/// RunSinks take what a run tells of single networks. Where one is set the CPU computes what a GPU cannot list.
struct RunSinks {
  RowSink* trials = nullptr;               ///< takes the row of every trial, cell by cell
  TrajectorySink* trajectories = nullptr;  ///< takes the trajectories. Precondition: there is one cell
};

/// Runs an experiment that the options allow, with a schedule that may hold any t. Precondition: the cells are still to
/// be prepared. Throws what run throws.
Results run_into(PreparedRun prepared, const RunSettings& settings, RunControl& control, const RunSinks& sinks);

/// Returns how the results say that they were run.
Presentation presentation_of(const RunSettings& settings);

/// Tells the writers all cells of the results.
void tell(const Results& results, const std::vector<Writer*>& writers);

}  // namespace logmargin
