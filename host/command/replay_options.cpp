#include "host/command/replay_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "host/command/plan_options.hpp"
#include "host/engine/lane_kernels.hpp"
#include "host/engine/reach.hpp"
#include "host/error.hpp"
#include "host/plan/number.hpp"

namespace logmargin {

namespace {

void require_one_cell(const ParsedOptions& options, const Axes& axes) {
  const std::array<std::pair<std::string, std::size_t>, 7> sizes = {{{"init", axes.init.size()},
                                                                     {"bias", axes.bias.size()},
                                                                     {"eta", axes.eta.size()},
                                                                     {"optimizer", axes.optimizer.size()},
                                                                     {"loss", axes.loss.size()},
                                                                     {"dim", axes.dim.size()},
                                                                     {"data", axes.data.size()}}};
  for (const auto& [name, size] : sizes) {
    if (size != 1) reject("--" + name, options.text(name), "replay follows one network: one value is allowed");
  }
}

Weights read_theta(const ParsedOptions& options, const Plan& plan, const Cell& cell) {
  if (options.given("theta") == options.given("trial")) {
    throw UsageError("--theta, --trial: exactly one of --theta W1,B1,W2,B2 and --trial I is allowed");
  }
  if (options.given("trial")) {
    const auto trial = parse_unsigned(options.text("trial"));
    if (!trial || *trial >= plan.trials) {
      reject("--trial", options.text("trial"),
             fmt::format("a whole number from 0 to {} (--trials less one) is allowed", plan.trials - 1));
    }
    const ParameterLaw weights = weight_law(cell.init, cell.dim);
    return initial_weights({weights, bias_law(cell.bias, weights)}, plan.seed, *trial);
  }
  std::array<double, 4> values{};
  const std::vector<std::string> parts = split(options.text("theta"), ',');
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto value = parts.size() == values.size() ? parse_number(parts[i]) : std::nullopt;
    if (!value) reject("--theta", options.text("theta"), "four finite numbers W1,B1,W2,B2 are allowed");
    values[i] = *value;
  }
  return {values[0], values[1], values[2], values[3]};
}

/// --at, rising; all recorded t where it is not given.
std::vector<double> read_shown_times(const ParsedOptions& options, const Plan& plan) {
  if (options.given("at")) {
    const RecordRule rule = parse_record_rule("--at", options.text("at"));
    if (rule.kind == RecordRule::Kind::list) {
      std::vector<double> shown = rule.listed;
      std::sort(shown.begin(), shown.end());
      return shown;
    }
    return recorded_times(plan.steps, rule);
  }
  return recorded_times(plan.steps, plan.record);
}

}  // namespace

ReplayPlan read_replay(const ParsedOptions& options) {
  Plan plan = read_plan(options);
  require_one_cell(options, plan.axes);
  require_word("--format", options.text("format"), {"csv", "json"});
  if (options.flag("explain") && options.text("format") == "json") {
    throw UsageError("--explain: it tells the story in words; --format json is not allowed beside it");
  }
  const Cell cell = plan.cells().front();
  const Weights theta = read_theta(options, plan, cell);
  std::vector<double> shown = read_shown_times(options, plan);
  const Problem problem = cell.problem();
  if (!problem.method.plain()) {
    CellRun run = {problem, {}, 0, 0, lane_block};
    run.stepping = plan.stepping;
    plan.stepping = within_reach(run, shown.back(), 1, RunControl{}).stepping;
  }
  return {std::move(plan), problem, theta, std::move(shown)};
}

}  // namespace logmargin
