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
};

/// The results of an experiment, in memory.
struct Results {
  Experiment experiment;
  RunFacts facts;
  std::vector<CellResults> cells;  ///< in the order of Experiment::cells
};

/// What an experiment is run on. The results do not depend on it.
struct RunSettings {
  std::string device = "auto";  ///< as --device takes it
  unsigned threads = 0;         ///< of the CPU; 0 for every core that this process may use
};

/// Trains every network of every cell, as logmargin sweep does. Throws UsageError, with the text that the command line
/// would show, where the experiment is not allowed or its horizon is out of reach; DeviceError where the device cannot
/// be used; Interrupted once control.stop_signal is set.
Results run(const Experiment& experiment, const RunSettings& settings, RunControl& control);
Results run(const Experiment& experiment, const RunSettings& settings = {});

/// Writes the folder that logmargin sweep --out would have written, with its report. Throws UsageError where the folder
/// is not empty, unless replace is set, and FileError where it cannot be written.
void save(const Results& results, const std::filesystem::path& folder, bool replace = false);

}  // namespace logmargin
