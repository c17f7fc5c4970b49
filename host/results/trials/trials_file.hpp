#pragma once

#include <memory>
#include <nlohmann/json.hpp>
#include <string_view>

#include "host/results/folder/atomic_file.hpp"
#include "host/results/trials/trial_rows.hpp"
#include "host/results/writer.hpp"

namespace logmargin {

/// TrialsFile writes a file with something of every trial, and one group for each cell. Either trials_h5.cpp and
/// trajectories_h5.cpp are built or, where there is no HDF5, trials_h5_none.cpp.
class TrialsFile : public Writer {
 public:
  /// Takes rows of the cell's trials, in rising order. Throws FileError.
  virtual void take(std::span<const double> rows) = 0;
  /// Ends the file: everything is in it then, and it has only to be synced. Throws FileError.
  virtual void finish() = 0;
};

/// Throws UsageError where this build knows no HDF5, so that it cannot write the file that the option asks for.
void require_trials_file(std::string_view option, std::string_view file);

/// Returns a new trials.h5, with a row for each trial. Of config, which is config_json's, what the results do not
/// depend on is left out. Throws FileError, also from every later call. Precondition: require_trials_file returned.
/// What is referred to has to outlive it.
std::unique_ptr<TrialsFile> make_trials_file(AtomicFile& file, const nlohmann::ordered_json& config,
                                             const Experiment& experiment, const TrialRows& rows);

/// Returns a new trajectories.h5 in the same way, with the columns of every trial at every recorded t.
std::unique_ptr<TrialsFile> make_trajectories_file(AtomicFile& file, const nlohmann::ordered_json& config,
                                                   const Experiment& experiment, const TrialRows& rows);

}  // namespace logmargin
