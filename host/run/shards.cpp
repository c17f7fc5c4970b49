#include "host/run/shards.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>

#include "host/cli/experiment_options.hpp"
#include "host/error.hpp"
#include "host/results/files/results_config.hpp"
#include "host/results/folder/mapped_file.hpp"
#include "host/results/trials/rows_file.hpp"

namespace logmargin {

namespace files = std::filesystem;

struct Shards::File {
  explicit File(const std::string& path) : file(path), reader(file.bytes(), path) {}

  MappedFile file;
  TallyFileReader reader;
  std::optional<RowsReader> rows;
};

namespace {

/// Returns the files that an operand names: itself or, where it is a folder, the shards in it.
std::vector<std::string> shard_paths(const std::string& operand) {
  std::error_code error;
  if (!files::is_directory(operand, error)) return {operand};
  std::vector<std::string> paths;
  for (const auto& entry : files::directory_iterator(operand, error)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("shard-") && name.ends_with(".tally")) paths.push_back(entry.path().string());
  }
  if (error) throw FileError(fmt::format("'{}' cannot be read: {}", operand, error.message()));
  if (paths.empty()) throw FileError(fmt::format("'{}' holds no shard: no file shard-I-of-N.tally", operand));
  std::sort(paths.begin(), paths.end());
  return paths;
}

bool same_check(const LeapCheck& a, const LeapCheck& b) {
  return a.networks == b.networks && a.largest_difference == b.largest_difference && a.at_t == b.at_t &&
         a.sensitivity == b.sensitivity;
}

void require_shard_of_same_run(const TallyFileReader& shard, const TallyFileReader& first) {
  if (shard.head().kind != TallyFileKind::shard)
    shard.refuse("it belongs to a checkpoint; --resume completes the shard");
  std::optional<std::string> differs = difference(first.head(), shard.head());
  if (!differs && shard.head().shard.count != first.head().shard.count) {
    differs = fmt::format("--shard is {} there and {} here", first.head().shard.text(), shard.head().shard.text());
  }
  if (!differs) differs = difference_of_trial_lists(first.head().config, shard.head().config);
  if (!differs && !same_check(shard.tail().leap_check, first.tail().leap_check)) {
    differs = "the check of leaps differs";
  }
  if (differs) {
    throw UsageError(fmt::format("merge: '{}' (there) and '{}' (here) are not of one run: {}", first.name(),
                                 shard.name(), *differs));
  }
}

/// Throws UsageError unless all shards are there, each once. Precondition: they are in the order of their trials.
void require_all_shards(const std::vector<const TallyFileReader*>& shards) {
  for (std::size_t i = 1; i < shards.size(); ++i) {
    const TallyFileReader& one = *shards[i - 1];
    const TallyFileReader& next = *shards[i];
    if (one.head().shard == next.head().shard) {
      throw UsageError(fmt::format("merge: shard {} is given twice, by '{}' and '{}'; each is allowed once",
                                   one.head().shard.text(), one.name(), next.name()));
    }
  }
  const std::uint64_t count = shards[0]->head().shard.count;
  constexpr std::size_t most_named = 20;
  std::vector<std::string> missing;
  std::uint64_t due = 0;
  for (const TallyFileReader* shard : shards) {
    for (; due < shard->head().shard.index && missing.size() < most_named; ++due) {
      missing.push_back(Shard{due, count}.text());
    }
    due = shard->head().shard.index + 1;
  }
  for (; due < count && missing.size() < most_named; ++due) missing.push_back(Shard{due, count}.text());
  if (!missing.empty()) {
    throw UsageError(fmt::format("merge: {} of {} shards are missing: {}{}", count - shards.size(), count,
                                 fmt::join(missing, ", "), count - shards.size() > missing.size() ? ", ..." : ""));
  }
}

}  // namespace

Experiment experiment_of(const TallyFileReader& reader) {
  try {
    Experiment experiment = experiment_of_config(reader.head().config);
    constexpr double least_bytes_a_time = 21.0;
    const auto times = static_cast<double>(recorded_times(experiment.steps, experiment.record).size());
    if (static_cast<double>(experiment.cell_count()) * times * least_bytes_a_time >
        static_cast<double>(reader.bytes_left())) {
      reader.refuse("it is too short for its cells and recorded t");
    }
    return experiment;
  } catch (const UsageError& error) {
    reader.refuse(fmt::format("its configuration is none: {}", error.what()));
  }
}

Shards::Shards(const std::vector<std::string>& places) {
  for (const std::string& place : places) {
    for (const std::string& path : shard_paths(place)) {
      files_.push_back(std::make_unique<File>(path));
      require_shard_of_same_run(files_.back()->reader, first());
    }
  }
  std::sort(files_.begin(), files_.end(),
            [](const auto& a, const auto& b) { return a->reader.head().shard.index < b->reader.head().shard.index; });
  std::vector<const TallyFileReader*> readers;
  readers.reserve(files_.size());
  for (const auto& file : files_) readers.push_back(&file->reader);
  require_all_shards(readers);
}

Shards::~Shards() = default;

const TallyFileReader& Shards::first() const { return files_.front()->reader; }

RunFacts Shards::facts(const Experiment& experiment) const {
  const TallyFileHead& first = files_[0]->reader.head();
  RunFacts facts = {0.0, 0.0, "", first.threads, 0.0, {}};
  std::vector<std::string> devices;
  for (const auto& shard : files_) {
    const std::string& device = shard->reader.head().device;
    if (std::find(devices.begin(), devices.end(), device) == devices.end()) devices.push_back(device);
    facts.seconds += shard->reader.tail().seconds;
    facts.steps_computed += shard->reader.tail().steps_computed;
  }
  facts.device = fmt::format("{}", fmt::join(devices, "; "));
  facts.network_steps =
      static_cast<double>(experiment.cell_count()) * static_cast<double>(experiment.trials) * experiment.steps;
  facts.leap_check = files_[0]->reader.tail().leap_check;
  return facts;
}

void Shards::add_up(const Experiment& experiment, const Schedule& schedule, TallySink& sink, RowSink* trials,
                    const RunControl& control) {
  const TallySizes sizes = {schedule.times().size(), schedule.fits.size(), experiment.thresholds.size()};
  if (trials != nullptr) {
    for (const auto& shard : files_) {
      const std::vector<RowsFile>& listed = shard->reader.tail().rows_files;
      if (listed.size() != 1 || listed[0].name != shard_rows_name(shard->reader.head().shard)) {
        shard->reader.refuse("it is damaged: it does not name the file of its trials' rows");
      }
      shard->rows.emplace(files::path(shard->reader.name()).parent_path(), listed, trials->layout());
    }
  }
  const auto give_rows = [&](std::span<const double> rows) {
    control.throw_if_stop_requested();
    trials->take(rows);
  };
  for (std::size_t index = 0; index < experiment.cell_count(); ++index) {
    control.throw_if_stop_requested();
    for (const auto& shard : files_) {
      const TrialRange due = shard->reader.head().shard.range_of(experiment.trials);
      const TrialRange found = shard->reader.begin_cell(index, experiment.trials);
      if (found != due) {
        shard->reader.refuse(fmt::format("it has {} trials from {} on of cell {}, where shard {} has {} from {} on",
                                         found.trials, found.first, index, shard->reader.head().shard.text(),
                                         due.trials, due.first));
      }
    }
    sink.begin_cell(index);
    for (const auto& shard : files_) {
      if (shard->rows) shard->rows->feed(shard->reader.head().shard.range_of(experiment.trials), give_rows);
    }
    for (const RecordedTime& time : schedule.times()) {
      RecordedTally sum = files_[0]->reader.next_recorded();
      for (std::size_t i = 1; i < files_.size(); ++i) sum += files_[i]->reader.next_recorded();
      sink.recorded(time.t, sum);
    }
    HorizonTally sum = files_[0]->reader.next_horizon(sizes);
    for (std::size_t i = 1; i < files_.size(); ++i) sum += files_[i]->reader.next_horizon(sizes);
    sink.end_cell(sum);
  }
  for (const auto& shard : files_) {
    shard->reader.require_end();
    if (shard->rows) shard->rows->require_end();
  }
}

}  // namespace logmargin
