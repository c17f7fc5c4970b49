#include "host/commands/merge.hpp"

#include <optional>

#include "host/results/folder/folder_lock.hpp"
#include "host/results/folder/stale_files.hpp"
#include "host/run/run_output.hpp"
#include "host/run/run_watch.hpp"
#include "host/run/shards.hpp"

namespace logmargin {

void merge_command(const ParsedOptions& options) {
  const std::vector<std::string>& operands = options.operands();
  Shards shards({operands.begin() + 1, operands.end()});
  const Experiment experiment = experiment_of(shards.first());
  const Schedule schedule = make_schedule(experiment.steps, experiment.record);
  const RunFacts facts = shards.facts(experiment);
  nlohmann::ordered_json config = shards.first().head().config;
  config["out"] = operands[0];
  for (const char* flag : {"force", "quiet", "json"}) config[flag] = options.flag(flag);
  Presentation presentation;
  presentation.quiet = options.flag("quiet");
  presentation.json = options.flag("json");

  read_trial_lists(config, presentation);
  std::optional<TrialRows> rows;
  if (!presentation.trial_lists().empty()) rows.emplace(experiment, schedule, presentation.trajectories);

  RunControl control;
  const RunWatch watch(control, presentation.quiet ? 0.0 : facts.network_steps);
  std::optional<FolderLock> lock(operands[0]);
  remove_stale_files(operands[0]);
  OutputFolder folder(operands[0], options.flag("force"));
  lock.emplace(folder.path());
  ResultsOutput output(experiment, schedule, config, presentation, facts, &folder, rows ? &*rows : nullptr);
  shards.add_up(experiment, schedule, output.tallies(), output.trials(), control);
  output.publish(facts);
  output.show(facts, control.stop_signal);
}

}  // namespace logmargin
