#include "host/cli/replay_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "host/cli/experiment_options.hpp"
#include "host/cli/weights_options.hpp"
#include "host/engine/device.hpp"
#include "host/engine/feasibility.hpp"
#include "host/error.hpp"
#include "host/plan/number.hpp"
#include "logmargin/initial/start_in_space.hpp"

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

/// Reads W1 (D numbers), B1, W2 (D numbers), B2.
SpatialStart read_theta(const std::string& text, const CellRun& cell) {
  const std::int64_t dim = cell.directions.dim;
  if (dim > most_dimensions_of_given_weights) {
    reject("--theta", text,
           fmt::format("with more than {} dimensions --trial is allowed", most_dimensions_of_given_weights));
  }
  std::vector<double> values;
  const std::vector<std::string> parts = split(text, ',');
  for (const std::string& part : parts) {
    const auto value = parts.size() == weights_width(dim) ? parse_number(part) : std::nullopt;
    if (!value) {
      reject("--theta", text,
             dim == 1 ? "four finite numbers W1,B1,W2,B2 are allowed, or a file"
                      : fmt::format("with {0} dimensions {1} finite numbers W1,B1,W2,B2 are allowed, {0} for each of "
                                    "W1 and W2",
                                    dim, weights_width(dim)));
    }
    values.push_back(*value);
  }
  return start_of_weights(cell.problem, cell.directions.axes(), dim, values.data());
}

/// Reads a list of trials and ranges of them, as "0-199,250".
std::vector<std::uint64_t> read_trials(const std::string& text, const Experiment& experiment) {
  constexpr std::uint64_t most_networks = 1'000'000;
  std::vector<std::uint64_t> trials;
  for (const std::string& piece : split(text, ',')) {
    const std::size_t dash = piece.find('-', 1);
    const auto first = parse_unsigned(piece.substr(0, dash));
    const auto last = dash == std::string::npos ? first : parse_unsigned(piece.substr(dash + 1));
    if (!first || !last || *first > *last || *last >= experiment.trials) {
      reject("--trial", piece,
             fmt::format("a whole number from 0 to {} (--trials less one) is allowed, a range I-J, or a comma list",
                         experiment.trials - 1));
    }
    if (*last - *first >= most_networks - trials.size()) {
      reject("--trial", text, fmt::format("at most {} networks are allowed", most_networks));
    }
    for (std::uint64_t trial = *first; trial <= *last; ++trial) trials.push_back(trial);
  }
  return trials;
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
  const bool numbers = options.given("theta") && options.text("theta") != "none" && !experiment.weights;
  if (numbers == options.given("trial") && !experiment.weights) {
    throw UsageError(
        "--theta, --trial: exactly one of --theta W1,B1,W2,B2 and --trial I is allowed, or --theta FILE with or "
        "without --trial");
  }
  std::vector<std::uint64_t> trials;
  std::optional<SpatialStart> theta;
  if (numbers) {
    theta = read_theta(options.text("theta"), run);
  } else {
    trials = read_trials(options.given("trial") ? options.text("trial") : fmt::format("0-{}", experiment.trials - 1),
                         experiment);
  }
  std::vector<double> shown = read_shown_times(options, experiment, problem.method);
  const double horizon = std::max(experiment.steps, shown.back());
  run.stepping = stepping_in_sweep(run, horizon, shown.back(), available_threads());
  return {std::move(experiment), std::move(run), std::move(trials), theta, std::move(shown)};
}

}  // namespace logmargin
