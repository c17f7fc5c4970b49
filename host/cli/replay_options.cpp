#include "host/cli/replay_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "host/cli/experiment_options.hpp"
#include "host/engine/device.hpp"
#include "host/engine/feasibility.hpp"
#include "host/error.hpp"
#include "host/plan/number.hpp"
#include "logmargin/initial/start_in_space.hpp"

namespace logmargin {

namespace {

constexpr std::int64_t most_dimensions_of_theta = 10000;

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

/// Reads W1 (D numbers), B1, W2 (D numbers), B2.
SpatialStart read_theta(const std::string& text, const CellRun& cell) {
  const std::int64_t dim = cell.directions.dim;
  if (dim > most_dimensions_of_theta) {
    reject("--theta", text, fmt::format("with more than {} dimensions --trial is allowed", most_dimensions_of_theta));
  }
  const auto width = static_cast<std::size_t>(dim);
  std::vector<double> values;
  const std::vector<std::string> parts = split(text, ',');
  for (const std::string& part : parts) {
    const auto value = parts.size() == 2 * (width + 1) ? parse_number(part) : std::nullopt;
    if (!value) {
      reject("--theta", text,
             dim == 1 ? "four finite numbers W1,B1,W2,B2 are allowed, or a file with --trial I"
                      : fmt::format("with {0} dimensions {1} finite numbers W1,B1,W2,B2 are allowed, {0} for each of "
                                    "W1 and W2",
                                    dim, 2 * (width + 1)));
    }
    values.push_back(*value);
  }
  return start_of_weights(cell.problem, cell.directions.axes(), dim, values.data());
}

SpatialStart read_start(const ParsedOptions& options, const Experiment& experiment, const CellRun& cell) {
  const bool numbers = options.given("theta") && cell.weights == nullptr;
  if (numbers == options.given("trial")) {
    throw UsageError(
        "--theta, --trial: exactly one of --theta W1,B1,W2,B2 and --trial I, or --theta FILE --trial I, is "
        "allowed");
  }
  if (numbers) return read_theta(options.text("theta"), cell);
  const auto trial = parse_unsigned(options.text("trial"));
  if (!trial || *trial >= experiment.trials) {
    reject("--trial", options.text("trial"),
           fmt::format("a whole number from 0 to {} (--trials less one) is allowed", experiment.trials - 1));
  }
  return trial_start(cell, *trial);
}

/// Reads --at and returns its t, rising, or all recorded t where it is not given.
std::vector<double> read_shown_times(const ParsedOptions& options, const Experiment& experiment, const Method& method) {
  if (options.given("at")) {
    const RecordRule rule = parse_record_rule("--at", options.text("at"), takes_steps(method));
    if (rule.kind == RecordRule::Kind::list) {
      std::vector<double> shown = rule.listed;
      std::sort(shown.begin(), shown.end());
      return shown;
    }
    return recorded_times(experiment.steps, rule);
  }
  return recorded_times(experiment.steps, experiment.record);
}

}  // namespace

ReplayPlan read_replay(const ParsedOptions& options, const OpenWeights& open_weights) {
  Experiment experiment = read_experiment(options);
  if (const auto file = weights_file(options)) take_weights(options, experiment, open_weights(*file));
  require_one_cell(options, experiment.axes);
  require_word("--format", options.text("format"), {"csv", "json"});
  if (options.flag("explain") && options.text("format") == "json") {
    throw UsageError("--explain: it tells the story in words; --format json is not allowed beside it");
  }
  const Cell cell = experiment.cell(0);
  const Problem problem = cell.problem();
  CellRun run = {problem, cell.laws(), experiment.seed, 0, experiment.trials};
  run.weights = experiment.weights.get();
  run.stepping = experiment.asked_stepping();
  run.directions = cell.directions();
  const SpatialStart start = read_start(options, experiment, run);
  std::vector<double> shown = read_shown_times(options, experiment, problem.method);
  const double horizon = std::max(experiment.steps, shown.back());
  const Stepping stepping = stepping_in_sweep(run, horizon, shown.back(), available_threads());
  return {std::move(experiment), problem, stepping, start, std::move(shown)};
}

}  // namespace logmargin
