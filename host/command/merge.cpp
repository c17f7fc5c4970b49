#include "host/command/merge.hpp"

#include <optional>

#include "host/command/results.hpp"
#include "host/command/run_watch.hpp"
#include "host/command/shards.hpp"
#include "host/output/folder_lock.hpp"
#include "host/output/leftovers.hpp"

namespace logmargin {

void merge_command(const ParsedOptions& options) {
  const std::vector<std::string>& operands = options.operands();
  Shards shards({operands.begin() + 1, operands.end()});
  const Plan plan = plan_of(shards.first());
  const Schedule schedule = make_schedule(plan.steps, plan.record);
  const RunFacts facts = shards.facts(plan);
  nlohmann::ordered_json config = shards.first().head().config;
  config["out"] = operands[0];
  for (const char* flag : {"force", "quiet", "json"}) config[flag] = options.flag(flag);

  RunControl control;
  const RunWatch watch(control, options.flag("quiet") ? 0.0 : facts.network_steps);
  std::optional<FolderLock> lock(operands[0]);
  remove_leftovers(operands[0]);
  OutputFolder folder(operands[0], options.flag("force"));
  lock.emplace(folder.path());
  Results results(plan, schedule, config, facts, options, &folder, false);
  shards.add_up(plan, schedule, results.writers(), control);
  results.publish(facts);
  results.show(facts, control.stop_signal);
}

}  // namespace logmargin
