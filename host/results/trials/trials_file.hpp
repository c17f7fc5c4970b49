#pragma once

#include <memory>
#include <nlohmann/json.hpp>

#include "host/engine/trial_record.hpp"
#include "host/results/folder/atomic_file.hpp"
#include "host/results/writer.hpp"

namespace logmargin {

/// TrialsFile writes trials.h5, with one row for each trial and one group for each cell. One of trials_h5.cpp and
/// trials_h5_none.cpp is built.
class TrialsFile : public Writer, public TrialSink {
 public:
  /// Ends the file: everything is in it then, and it has only to be synced. Throws FileError.
  virtual void finish() = 0;
};

/// Throws UsageError where this build knows no HDF5.
void require_trials_file();

/// Returns a new trials.h5. Of config, which is config_json's, what the results do not depend on is left out. Throws
/// FileError, also from every later call. Precondition: require_trials_file returned. The file, the experiment and the
/// schedule have to outlive it.
std::unique_ptr<TrialsFile> make_trials_file(AtomicFile& file, const nlohmann::ordered_json& config,
                                             const Experiment& experiment, const Schedule& schedule);

}  // namespace logmargin
