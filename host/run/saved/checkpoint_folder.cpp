#include "host/run/saved/checkpoint_folder.hpp"

#include <fmt/format.h>

#include "host/error.hpp"
#include "host/results/files/results_config.hpp"
#include "host/results/folder/mapped_file.hpp"
#include "host/results/trials/rows_file.hpp"

namespace logmargin {

namespace files = std::filesystem;

namespace {

constexpr std::string_view state_name = "state.tally";

std::string cells_name(std::uint64_t first_cell) { return fmt::format("cells-{}.tally", first_cell); }

std::string rows_name(std::size_t interval) { return fmt::format("trials-{}.rows", interval); }

bool is_own_name(std::string_view name) {
  return name == state_name || (name.starts_with("cells-") && name.ends_with(".tally")) ||
         (name.starts_with("trials-") && name.ends_with(".rows"));
}

}  // namespace

struct CheckpointFolder::OpenFile {
  OpenFile(const files::path& folder, std::uint64_t first, const TallyFileHead& head, TrialRange range)
      : first_cell(first), end_cell(first), file(folder / cells_name(first)), writer(file, head, range) {}

  std::uint64_t first_cell, end_cell;
  AtomicFile file;
  TallyFileWriter writer;
};

struct CheckpointFolder::OpenRows {
  OpenRows(const files::path& path, const TrialRows& rows) : file(path), writer(file, rows) {}

  AtomicFile file;
  RowsFileWriter writer;
};

CheckpointFolder::CheckpointFolder(const files::path& output_folder, TallyFileHead head, TrialRange range,
                                   const Experiment& experiment, const Schedule& schedule, const TrialRows* rows)
    : path_(output_folder / name),
      head_(std::move(head)),
      range_(range),
      experiment_(experiment),
      cells_(experiment.cell_count()),
      schedule_(schedule),
      rows_(rows) {
  std::error_code ignored;
  if (files::is_symlink(files::symlink_status(path_, ignored))) {
    throw FileError(fmt::format("'{}' is a link; a checkpoint is a folder of its own", path_.string()));
  }
}

CheckpointFolder::~CheckpointFolder() {
  open_.reset();
  open_rows_.reset();
  std::error_code ignored;
  files::remove(path_, ignored);  // only where empty
}

TallySizes CheckpointFolder::sizes() const {
  return {schedule_.times().size(), schedule_.fits.size(), experiment_.thresholds.size()};
}

TallyFileHead CheckpointFolder::head_of(TallyFileKind kind) const {
  TallyFileHead head = head_;
  head.kind = kind;
  return head;
}

bool CheckpointFolder::holds_checkpoint() const {
  std::error_code ignored;
  return files::exists(files::symlink_status(path_ / state_name, ignored));
}

void CheckpointFolder::require_same_run(const TallyFileReader& reader, TallyFileKind kind) const {
  if (reader.head().kind != kind) reader.refuse("it is another kind of tally file");
  std::optional<std::string> differs = difference(reader.head(), head_);
  if (!differs) differs = difference_of_trial_lists(reader.head().config, head_.config);
  if (!differs && reader.head().shard != head_.shard) {
    differs = fmt::format("--shard is {} there and {} here", reader.head().shard.text(), head_.shard.text());
  }
  if (differs) {
    throw UsageError(
        fmt::format("--resume: the checkpoint '{}' is of another run: {}; the options it was written with are allowed, "
                    "or another --out",
                    reader.name(), *differs));
  }
}

void CheckpointFolder::read_cells(const CellsFile& file, TallySink& sink,
                                  const std::function<void(const TrialRange&)>& give_rows) const {
  const files::path path = path_ / file.name;
  const MappedFile mapped(path);
  TallyFileReader reader(mapped.bytes(), path.string());
  require_same_run(reader, TallyFileKind::cells);
  if (reader.checksum() != file.checksum) reader.refuse("it is not the file that state.tally goes with");
  for (auto index = static_cast<std::size_t>(file.first_cell); index < file.end_cell; ++index) {
    if (reader.begin_cell(index, experiment_.trials) != range_) reader.refuse("its trials are not this run's");
    sink.begin_cell(index);
    give_rows(range_);
    for (const RecordedTime& time : schedule_.times()) sink.recorded(time.t, reader.next_recorded());
    sink.end_cell(reader.next_horizon(sizes()));
  }
  reader.require_end();
}

SavedRun CheckpointFolder::load(TallySink& sink, TrialSink* trials) {
  const files::path path = path_ / state_name;
  const MappedFile mapped(path);
  TallyFileReader reader(mapped.bytes(), path.string());
  require_same_run(reader, TallyFileKind::state);
  SavedRun saved;
  saved.seconds = reader.tail().seconds;
  saved.steps_computed = reader.tail().steps_computed;
  for (const CellsFile& file : reader.tail().cells_files) {
    if (file.first_cell != saved.cells_done || file.end_cell <= file.first_cell || file.end_cell > cells_ ||
        file.name != cells_name(file.first_cell)) {
      reader.refuse("it is damaged: its list of files makes no sense");
    }
    saved.cells_done = static_cast<std::size_t>(file.end_cell);
  }
  if (reader.bytes_left() > 0) {
    if (saved.cells_done == cells_) reader.refuse("it goes on beyond the last cell");
    const TrialRange done = reader.begin_cell(saved.cells_done, experiment_.trials);
    if (done.first != range_.first || done.trials == 0 || done.trials > range_.trials) {
      reader.refuse("its trials are not this run's");
    }
    if (reader.bytes_left() < sizes().recorded_times) reader.refuse("it is damaged: recorded t are missing");
    saved.trials_done = done.trials;
    saved.partial.emplace(sizes());
    for (RecordedTally& tally : saved.partial->recorded) tally = reader.next_recorded();
    saved.partial->horizon = reader.next_horizon(sizes());
    reader.require_end();
  }
  const std::vector<RowsFile>& rows_files = reader.tail().rows_files;
  for (std::size_t i = 0; i < rows_files.size(); ++i) {
    if (rows_files[i].name != rows_name(i)) reader.refuse("it is damaged: its list of files makes no sense");
  }
  std::optional<RowsReader> rows;
  if (rows_ != nullptr) rows.emplace(path_, rows_files, *rows_);
  const auto give_rows = [&](const TrialRange& range) {
    if (rows) rows->feed(range, [&](std::span<const double> some) { trials->take(some); });
  };
  for (const CellsFile& file : reader.tail().cells_files) read_cells(file, sink, give_rows);
  if (saved.partial) {
    sink.begin_cell(saved.cells_done);
    give_rows({range_.first, saved.trials_done});
  }
  if (rows) rows->require_end();
  cells_files_ = reader.tail().cells_files;
  rows_files_ = rows_files;
  return saved;
}

void CheckpointFolder::make_folder() const {
  std::error_code error;
  if (!files::create_directory(path_, error) && error) {
    throw FileError(fmt::format("'{}' cannot be made: {}", path_.string(), error.message()));
  }
}

void CheckpointFolder::add_rows(std::span<const double> rows) {
  if (!open_rows_) {
    make_folder();
    open_rows_ = std::make_unique<OpenRows>(path_ / rows_name(rows_files_.size()), *rows_);
  }
  open_rows_->writer.take(rows);
}

void CheckpointFolder::add_cell(std::size_t index, const CellTally& tally) {
  if (!open_) {
    make_folder();
    open_ = std::make_unique<OpenFile>(path_, index, head_of(TallyFileKind::cells), range_);
  }
  open_->writer.begin_cell(index);
  tally.feed(open_->writer, schedule_);
  open_->end_cell = index + 1;
}

void CheckpointFolder::save(const CellTally* partial, std::uint64_t trials_done, TallyFileTail tail) {
  make_folder();
  std::vector<RowsFile> rows_files = rows_files_;
  if (open_rows_) {
    open_rows_->file.sync();
    open_rows_->file.commit();
    rows_files.push_back({rows_name(rows_files.size()), open_rows_->writer.checksum()});
  }
  std::vector<CellsFile> cells_files = cells_files_;
  if (open_) {
    const std::uint32_t checksum = open_->writer.finish(tail);
    open_->file.sync();
    open_->file.commit();
    cells_files.push_back({cells_name(open_->first_cell), open_->first_cell, open_->end_cell, checksum});
  }
  if (open_ || open_rows_) sync_folder(path_);
  const std::uint64_t next_cell = cells_files.empty() ? 0 : cells_files.back().end_cell;
  tail.cells_files = cells_files;
  tail.rows_files = rows_files;
  AtomicFile state(path_ / state_name);
  TallyFileWriter writer(state, head_of(TallyFileKind::state), {range_.first, trials_done});
  if (partial != nullptr && trials_done > 0) {
    writer.begin_cell(static_cast<std::size_t>(next_cell));
    partial->feed(writer, schedule_);
  }
  writer.finish(tail);
  state.sync();
  state.commit();
  sync_folder(path_);
  cells_files_ = std::move(cells_files);
  rows_files_ = std::move(rows_files);
  open_.reset();
  open_rows_.reset();
}

void CheckpointFolder::remove_stale_files() {
  std::error_code error;
  std::vector<files::path> stale_files;
  for (const auto& entry : files::directory_iterator(path_, error)) {
    const auto written = name_of_stale_file(entry.path().filename().string());
    if (written && is_own_name(*written)) stale_files.push_back(entry.path());
  }
  for (const files::path& stale_file : stale_files) files::remove(stale_file, error);
}

void CheckpointFolder::clear() {
  open_.reset();
  open_rows_.reset();
  remove_stale_files();
  std::error_code error;
  // The state goes first: without it the others are nothing, and with it all of them are needed.
  files::remove(path_ / state_name, error);
  std::vector<files::path> own;
  for (const auto& entry : files::directory_iterator(path_, error)) {
    if (is_own_name(entry.path().filename().string())) own.push_back(entry.path());
  }
  for (const files::path& path : own) files::remove(path, error);
  files::remove(path_, error);  // only where empty
  cells_files_.clear();
  rows_files_.clear();
}

}  // namespace logmargin
