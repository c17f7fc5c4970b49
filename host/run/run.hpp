#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "host/engine/run_control.hpp"
#include "host/plan/experiment.hpp"
#include "host/results/cell_summary.hpp"
#include "host/results/run_facts.hpp"

namespace logmargin {

/// RunSettings says what an experiment is run on. The results do not depend on it.
struct RunSettings {
  std::string device = "auto";  ///< auto, cpu, cuda, cuda:I or reference, as in README's table of options
  unsigned threads = 0;         ///< threads of the CPU; 0 for every core that this process may use
};

/// Results holds the results of an experiment, in memory.
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

/// Writes the folder that logmargin sweep --out would have written, with its report. Returns why pictures are missing,
/// or an empty text where none is. Throws UsageError where the folder is not empty, unless replace is set: then, as
/// with --force, what a run writes is replaced, and other files stay. Throws UsageError also where the results are not
/// those of their experiment, and FileError where something cannot be written.
std::string save(const Results& results, const std::filesystem::path& folder, bool replace = false);

}  // namespace logmargin
