#include "tests/fuzz/support/asked_run.hpp"

#include <nlohmann/json.hpp>

#include "host/cli/experiment_options.hpp"
#include "host/cli/long_run_options.hpp"
#include "host/cli/replay_options.hpp"
#include "host/engine/device.hpp"
#include "host/results/files/results_config.hpp"
#include "tests/fuzz/support/answers.hpp"
#include "tests/fuzz/support/scratch_file.hpp"

namespace logmargin::fuzz {

namespace {

ParsedOptions options_of(const std::vector<std::string>& words) {
  std::vector<const char*> pointers;
  pointers.reserve(words.size());
  for (const std::string& word : words) pointers.push_back(word.c_str());
  return {command_spec(words.front()), static_cast<int>(pointers.size()), pointers.data()};
}

/// What results depend on.
std::string read_sweep(const ParsedOptions& options) {
  const LongRun long_run = read_long_run(options);
  const Experiment experiment = read_experiment(options);
  require(experiment.cell_count() >= 1 && static_cast<double>(experiment.cell_count()) <= most_cells,
          "cells are as many as allowed");
  const std::vector<double> times = recorded_times(experiment.steps, experiment.record);
  require(times.front() == 0.0 && times.back() == experiment.steps, "recorded t go from 0 to the horizon");
  make_engine(options.text("device"), read_threads(options));
  const Shard shard = long_run.shard.value_or(Shard{});
  const TrialRange range = shard.range_of(experiment.trials);
  require(range.first <= experiment.trials && range.trials <= experiment.trials - range.first,
          "a shard has trials of the run");
  return results_config(config_json(experiment, read_presentation(options)));
}

void read_options(const ParsedOptions& options, std::string_view command) {
  if (command == "sweep") {
    const std::string config = read_sweep(options);
    static const ScratchFile again(".json");
    again.write(config);
    const ParsedOptions same = options_of({"sweep", "--config", again.path()});
    require(results_config(config_json(read_experiment(same), read_presentation(same))) == config,
            "a configuration gives itself again");
  }
  if (command == "replay") {
    const ReplayPlan replay = read_replay(options, [](const std::string& file) -> std::shared_ptr<const GivenWeights> {
      throw UsageError(file + " is opened by a target of its own");
    });
    require(!replay.shown.empty(), "a replay shows something");
  }
}

}  // namespace

void ask_for_run(const std::vector<std::string>& words) {
  const ParsedOptions options = options_of(words);
  try {
    read_options(options, words.front());
  } catch (const OptionError& error) {
    throw UsageError(options.complaint(error));
  }
}

}  // namespace logmargin::fuzz
