#include "host/command/merge.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>

#include "host/command/plan_options.hpp"
#include "host/command/results.hpp"
#include "host/command/run_watch.hpp"
#include "host/error.hpp"
#include "host/output/folder_lock.hpp"
#include "host/output/mapped_file.hpp"
#include "host/output/results_config.hpp"
#include "host/plan/number.hpp"

namespace logmargin {

namespace files = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

struct ShardFile {
  explicit ShardFile(const std::string& path) : file(path), reader(file.bytes(), path) {}

  MappedFile file;
  TallyFileReader reader;
};

using ShardFiles = std::vector<std::unique_ptr<ShardFile>>;

/// The files that an operand names: itself or, of a folder, the shards in it.
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
  return a.networks == b.networks && a.largest_difference == b.largest_difference && a.at_t == b.at_t;
}

void require_shard_of_same_run(const TallyFileReader& shard, const TallyFileReader& first) {
  if (shard.head().kind != TallyFileKind::shard)
    shard.refuse("it belongs to a checkpoint; --resume completes the shard");
  std::optional<std::string> differs = difference(first.head(), shard.head());
  if (!differs && shard.head().shard.count != first.head().shard.count) {
    differs = fmt::format("--shard is {} there and {} here", first.head().shard.text(), shard.head().shard.text());
  }
  if (!differs && !same_check(shard.tail().leap_check, first.tail().leap_check)) {
    differs = "the check of leaps differs";
  }
  if (differs) {
    throw UsageError(fmt::format("merge: '{}' (there) and '{}' (here) are not of one run: {}", first.name(),
                                 shard.name(), *differs));
  }
}

/// In the order of their trials, each once and none missing.
void require_all_shards(ShardFiles& shards) {
  std::sort(shards.begin(), shards.end(),
            [](const auto& a, const auto& b) { return a->reader.head().shard.index < b->reader.head().shard.index; });
  for (std::size_t i = 1; i < shards.size(); ++i) {
    const TallyFileReader& one = shards[i - 1]->reader;
    const TallyFileReader& next = shards[i]->reader;
    if (one.head().shard == next.head().shard) {
      throw UsageError(fmt::format("merge: shard {} is given twice, by '{}' and '{}'; each is allowed once",
                                   one.head().shard.text(), one.name(), next.name()));
    }
  }
  const std::uint64_t count = shards[0]->reader.head().shard.count;
  constexpr std::size_t most_named = 20;
  std::vector<std::string> missing;
  std::uint64_t due = 0;
  for (const auto& shard : shards) {
    for (; due < shard->reader.head().shard.index && missing.size() < most_named; ++due) {
      missing.push_back(Shard{due, count}.text());
    }
    due = shard->reader.head().shard.index + 1;
  }
  for (; due < count && missing.size() < most_named; ++due) missing.push_back(Shard{due, count}.text());
  if (!missing.empty()) {
    throw UsageError(fmt::format("merge: {} of {} shards are missing: {}{}", count - shards.size(), count,
                                 fmt::join(missing, ", "), count - shards.size() > missing.size() ? ", ..." : ""));
  }
}

ShardFiles open_shards(const std::vector<std::string>& operands) {
  ShardFiles shards;
  for (std::size_t i = 1; i < operands.size(); ++i) {
    for (const std::string& path : shard_paths(operands[i])) {
      shards.push_back(std::make_unique<ShardFile>(path));
      require_shard_of_same_run(shards.back()->reader, shards.front()->reader);
    }
  }
  require_all_shards(shards);
  return shards;
}

std::string value_text(const Json& value, char separator) {
  if (value.is_number_float()) return number_text(value.get<double>());
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_array()) return value.dump();
  std::string text;
  for (const Json& element : value) {
    text += (text.empty() ? "" : std::string(1, separator)) + value_text(element, separator);
  }
  return text;
}

/// The facts of all shards together.
RunFacts facts_of(const ShardFiles& shards, const Plan& plan) {
  const TallyFileHead& first = shards[0]->reader.head();
  RunFacts facts = {0.0, 0.0, "", first.threads, first.config.at("stepping").get<std::string>(), 0.0, {}};
  std::vector<std::string> devices;
  for (const auto& shard : shards) {
    const std::string& device = shard->reader.head().device;
    if (std::find(devices.begin(), devices.end(), device) == devices.end()) devices.push_back(device);
    facts.seconds += shard->reader.tail().seconds;
    facts.steps_computed += shard->reader.tail().steps_computed;
  }
  facts.device = fmt::format("{}", fmt::join(devices, "; "));
  facts.network_steps = static_cast<double>(plan.cell_count()) * static_cast<double>(plan.trials) * plan.steps;
  facts.leap_check = shards[0]->reader.tail().leap_check;
  return facts;
}

/// One recorded t at a time, so that memory does not grow with recorded t, cells or shards.
void add_up(ShardFiles& shards, const Plan& plan, const Schedule& schedule, const std::vector<Writer*>& writers,
            const RunControl& control) {
  const TallyShape shape = {schedule.times().size(), schedule.fits.size(), plan.thresholds.size()};
  std::size_t index = 0;
  for (const Cell& cell : plan.cells()) {
    if (const int signal = control.stop_signal) throw Interrupted(signal);
    for (const auto& shard : shards) {
      const TrialRange due = shard->reader.head().shard.range_of(plan.trials);
      const TrialRange found = shard->reader.begin_cell(index, plan.trials);
      if (found != due) {
        shard->reader.refuse(fmt::format("it has {} trials from {} on of cell {}, where shard {} has {} from {} on",
                                         found.trials, found.first, index, shard->reader.head().shard.text(),
                                         due.trials, due.first));
      }
    }
    for (Writer* writer : writers) writer->begin_cell(index, cell);
    for (const RecordedTime& time : schedule.times()) {
      CheckpointTally sum = shards[0]->reader.next_recorded();
      for (std::size_t i = 1; i < shards.size(); ++i) sum += shards[i]->reader.next_recorded();
      for (Writer* writer : writers) writer->checkpoint(time.t, sum);
    }
    HorizonTally sum = shards[0]->reader.next_horizon(shape);
    for (std::size_t i = 1; i < shards.size(); ++i) sum += shards[i]->reader.next_horizon(shape);
    for (Writer* writer : writers) writer->end_cell(sum);
    ++index;
  }
  for (const auto& shard : shards) shard->reader.require_end();
}

}  // namespace

Plan plan_of(const TallyFileReader& reader) {
  std::vector<std::string> words = {"sweep"};
  for (const auto& [option, value] : reader.head().config.items()) {
    if (decides_results(option)) words.push_back("--" + option + "=" + value_text(value, option == "data" ? ';' : ','));
  }
  std::vector<const char*> pointers;
  pointers.reserve(words.size());
  for (const std::string& word : words) pointers.push_back(word.c_str());
  try {
    Plan plan = read_plan(ParsedOptions(command_spec("sweep"), static_cast<int>(pointers.size()), pointers.data()));
    constexpr double least_bytes_a_time = 21.0;
    const auto times = static_cast<double>(recorded_times(plan.steps, plan.record).size());
    if (static_cast<double>(plan.cell_count()) * times * least_bytes_a_time >
        static_cast<double>(reader.bytes_left())) {
      reader.refuse("it is too short for its cells and recorded t");
    }
    return plan;
  } catch (const UsageError& error) {
    reader.refuse(fmt::format("its configuration is none: {}", error.what()));
  }
}

void merge_command(const ParsedOptions& options) {
  const std::vector<std::string>& operands = options.operands();
  ShardFiles shards = open_shards(operands);
  const Plan plan = plan_of(shards[0]->reader);
  const Schedule schedule = make_schedule(plan.steps, plan.record);
  const RunFacts facts = facts_of(shards, plan);
  Json config = shards[0]->reader.head().config;
  config["out"] = operands[0];
  for (const char* flag : {"force", "quiet", "json"}) config[flag] = options.flag(flag);

  RunControl control;
  const RunWatch watch(control, options.flag("quiet") ? 0.0 : facts.network_steps);
  OutputFolder folder(operands[0], options.flag("force"));
  const FolderLock lock(folder.path());
  Results results(plan, schedule, config, facts, options, &folder, false);
  add_up(shards, plan, schedule, results.writers(), control);
  results.publish(facts, control.stop_signal);
}

}  // namespace logmargin
