#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "host/plan/experiment.hpp"
#include "host/results/files/tally_file.hpp"
#include "host/results/trials/trial_rows.hpp"

namespace logmargin {

/// SavedRun is what a checkpoint brings back.
struct SavedRun {
  std::size_t cells_done = 0;
  std::uint64_t trials_done = 0;     ///< of the next cell
  std::optional<CellTally> partial;  ///< their tallies, where there are any
  double seconds = 0.0;
  double steps_computed = 0.0;
};

/// CheckpointFolder is the folder "checkpoint" in a run's output folder. It holds state.tally, and a file of the
/// finished cells of each interval, so that a checkpoint costs what is new since the one before and not what the run
/// has done. Where trials are listed, a file of each interval holds their rows. Every file appears whole. state.tally
/// appears last, and it alone says which of the others count: what it replaces is good until then.
class CheckpointFolder {
 public:
  static constexpr const char* name = "checkpoint";

  /// Names the folder of a run in which every one of the experiment's cells is of this range of its trials. rows says
  /// what is listed of a trial, if anything. What is referred to must outlive the folder. Throws FileError where the
  /// folder is a link: what it leads to is somebody else's.
  CheckpointFolder(const std::filesystem::path& output_folder, TallyFileHead head, TrialRange range,
                   const Experiment& experiment, const Schedule& schedule, const TrialRows* rows);
  /// Leaves what was saved, and nothing else.
  ~CheckpointFolder();
  CheckpointFolder(const CheckpointFolder&) = delete;
  CheckpointFolder& operator=(const CheckpointFolder&) = delete;

  bool holds_checkpoint() const;
  /// Gives the finished cells to the sink, begins the next where some of its trials are finished, and returns the rest.
  /// The rows of all of them go to trials, where they are listed. Throws FileError where a file is not as it was
  /// written, UsageError where the checkpoint is of another run, with the option that differs.
  SavedRun load(TallySink& sink, TrialSink* trials);

  /// Adds rows of the trials that come next. They will be in the next checkpoint, as the trials then are.
  void add_rows(std::span<const double> rows);
  /// Adds a finished cell, which will be in the next checkpoint.
  void add_cell(std::size_t index, const CellTally& tally);
  /// Writes the checkpoint safely to disk: the cells added so far, and so many trials of the next. Throws FileError;
  /// then the checkpoint before is untouched.
  void save(const CellTally* partial, std::uint64_t trials_done, TallyFileTail tail);

  /// Removes the checkpoint, and whatever a killed run has left beside it.
  void clear();
  void remove_stale_files();

  TallySizes sizes() const;

 private:
  struct OpenFile;
  struct OpenRows;

  void make_folder() const;
  TallyFileHead head_of(TallyFileKind kind) const;
  void read_cells(const CellsFile& file, TallySink& sink,
                  const std::function<void(const TrialRange&)>& give_rows) const;
  void require_same_run(const TallyFileReader& reader, TallyFileKind kind) const;

  std::filesystem::path path_;
  TallyFileHead head_;
  TrialRange range_;
  const Experiment& experiment_;
  std::size_t cells_;
  const Schedule& schedule_;
  std::vector<CellsFile> cells_files_;
  std::unique_ptr<OpenFile> open_;  ///< of the cells finished since the last checkpoint
  const TrialRows* rows_;
  std::vector<RowsFile> rows_files_;
  std::unique_ptr<OpenRows> open_rows_;  ///< of the trials finished since the last checkpoint
};

}  // namespace logmargin
