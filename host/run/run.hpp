#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "host/engine/run_control.hpp"
#include "host/plan/experiment.hpp"
#include "host/results/cell_summary.hpp"
#include "host/results/run_facts.hpp"

namespace logmargin {

/// What the networks of one cell showed.
struct CellResults {
  std::vector<RecordedSummary> recorded;  ///< at each recorded t, rising from 0 to the horizon
  CellSummary summary;                    ///< at the horizon

  /// Returns what they showed at a recorded t. Throws std::out_of_range where that t was not recorded; by default
  /// powers of ten are.
  const RecordedSummary& at(double t) const;
};

/// What an experiment is run on. The results do not depend on it.
struct RunSettings {
  std::string device = "auto";  ///< auto, cpu, cuda, cuda:I or reference, as in README's table of options
  unsigned threads = 0;         ///< threads of the CPU; 0 for every core that this process may use
};

/// The results of an experiment, in memory.
struct Results {
  Experiment experiment;
  RunSettings settings;
  RunFacts facts;
  std::vector<CellResults> cells;  ///< in the order of Experiment::cells
};

/// Trains every network of every cell, as logmargin sweep does. Several calls may run at once. Throws UsageError, with
/// the text that the command line would show, where the experiment is not allowed or its horizon is out of reach;
/// DeviceError where the device cannot be used; Interrupted, without results, soon after another thread has set
/// control.stop_signal to anything but 0. control.network_steps tells how far the run is; all of it are trials times
/// steps times cells.
Results run(const Experiment& experiment, const RunSettings& settings, RunControl& control);
Results run(const Experiment& experiment, const RunSettings& settings = {});

/// Writes the folder that logmargin sweep --out would have written, with its report. Throws UsageError where the folder
/// is not empty, unless replace is set (then files of these names are replaced, and others stay), or where the results
/// are not those of their experiment; FileError where the folder cannot be written.
void save(const Results& results, const std::filesystem::path& folder, bool replace = false);

}  // namespace logmargin
