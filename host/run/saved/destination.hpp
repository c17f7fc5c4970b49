#pragma once

#include <memory>
#include <optional>

#include "host/cli/experiment_options.hpp"
#include "host/cli/long_run_options.hpp"
#include "host/results/folder/folder_lock.hpp"
#include "host/run/result_files.hpp"
#include "host/run/saved/checkpoint_folder.hpp"

namespace logmargin {

/// Destination says where a run's files go: nowhere, a folder of results, or a folder of a shard's file. It has the
/// checkpoint of a run that saves what it has.
class Destination {
 public:
  /// Prepares the folder, where head and range are those of the run's tally files, and rows says what is listed of a
  /// trial, if anything. Throws UsageError and FileError as
  /// OutputFolder does, and where --resume finds what it cannot continue. What is referred to must outlive the
  /// destination.
  Destination(const Presentation& presentation, const LongRun& long_run, const TallyFileHead& head, TrialRange range,
              const Experiment& experiment, const Schedule& schedule, const TrialRows* rows = nullptr);

  /// Returns whether an earlier run with these options is complete; then nothing is to be done.
  bool complete() const { return complete_; }
  /// Returns the folder, or nullptr where there is none.
  OutputFolder* folder() { return folder_ ? &*folder_ : nullptr; }
  /// Returns the folder of the checkpoint. Precondition: there is a folder.
  CheckpointFolder& checkpoint() { return *checkpoint_; }
  /// Removes the checkpoint, which is of no use once the results have their names.
  void clear_checkpoint();

 private:
  std::optional<CheckpointFolder> checkpoint_;
  std::optional<OutputFolder> folder_;
  std::optional<FolderLock> lock_;
  bool complete_ = false;
};

}  // namespace logmargin
