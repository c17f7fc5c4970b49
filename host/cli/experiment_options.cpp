#include "host/cli/experiment_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "host/cli/recording_options.hpp"
#include "host/cli/weights_options.hpp"
#include "host/engine/device.hpp"
#include "host/error.hpp"
#include "host/plan/axis.hpp"
#include "host/plan/number.hpp"
#include "host/results/files/results_config.hpp"
#include "logmargin/stepping/time_to_gap.hpp"

namespace logmargin {

namespace {

constexpr double most_trials = 1e15;
constexpr double most_lockstep_steps = 1e15;

/// Reads --dim or, where it is not given, returns the longest vector's length.
std::vector<std::int64_t> read_dimensions(const ParsedOptions& options, const std::vector<DataPair>& data) {
  const auto longest = std::max_element(data.begin(), data.end(),
                                        [](const DataPair& a, const DataPair& b) { return a.length() < b.length(); });
  if (!options.given("dim")) return {longest->length()};
  std::vector<std::int64_t> dimensions;
  for (const double dim : parse_number_axis(
           "--dim", options.text("dim"), "a whole number from 1 to 1e6 is allowed, a comma list of them, or a range",
           [](double d) { return d >= 1.0 && d <= most_dimensions && std::floor(d) == d; })) {
    dimensions.push_back(static_cast<std::int64_t>(dim));
    if (dimensions.back() >= longest->length()) continue;
    reject("--dim", number_text(dim),
           fmt::format("--data {:.60} has {} components: at least so many dimensions are allowed", longest->text(),
                       longest->length()));
  }
  return dimensions;
}

/// Reads --init or --bias. Where --theta names a file the law is given_weights_word: nothing is drawn. standard: what
/// stands for a configuration's given_weights_word without such a file.
std::vector<std::string> read_laws(const ParsedOptions& options, const std::string& name,
                                   const std::vector<std::string>& standard) {
  const std::string text = options.text(name);
  if (!weights_file(options)) {
    return text == given_weights_word && !options.given_on_command_line(name) ? standard : split(text, ',');
  }
  // A law of a configuration gives way to a file of the command line.
  const bool counts =
      options.given_on_command_line("theta") ? options.given_on_command_line(name) : options.given(name);
  if (counts && text != given_weights_word) {
    reject("--" + name, text, "with --theta FILE the weights are the file's, and none are drawn");
  }
  return {given_weights_word};
}

Axes read_axes(const ParsedOptions& options) {
  Axes axes;
  axes.init = read_laws(options, "init", axes.init);
  axes.bias = read_laws(options, "bias", axes.bias);
  if (!weights_file(options)) {
    for (const std::string& init : axes.init) weight_distribution(init, 1);
    for (const std::string& bias : axes.bias) bias_distribution(bias, weight_distribution(axes.init.front(), 1));
  }
  axes.eta =
      parse_number_axis("--eta", options.text("eta"),
                        "a number > 0 is allowed, a comma list of them, or a range LO:HI:COUNT or LO:HI:COUNTlog",
                        [](double eta) { return eta > 0.0; });
  axes.optimizer = split(options.text("optimizer"), ',');
  axes.loss = split(options.text("loss"), ',');
  for (const std::string& optimizer : axes.optimizer) parse_method(optimizer, axes.loss.front());
  for (const std::string& loss : axes.loss) parse_method(axes.optimizer.front(), loss);
  axes.data.clear();
  for (const std::string& pair : split(options.text("data"), ';')) axes.data.push_back(parse_data_pair(pair));
  axes.dim = read_dimensions(options, axes.data);
  return axes;
}

/// Throws UsageError where a rate kappa is beyond the range of float: in mixed precision it would turn every state,
/// even a dead one, to NaN.
void require_float_rates(const Axes& axes) {
  for (const double eta : axes.eta) {
    for (const DataPair& data : axes.data) {
      const Problem problem = make_problem(data.placed(axes.dim.front()).points, false, eta);
      if (std::max(problem.rate_positive, problem.rate_negative) < std::numeric_limits<float>::max()) continue;
      reject("--precision", "mixed",
             fmt::format("with --eta {} and --data {} steps leave the range of float; double is allowed",
                         number_text(eta), data.text()));
    }
  }
}

/// Checks --optimizer and --loss together.
template <class IsAllowed>
void require_methods(const Axes& axes, std::string_view option, std::string_view value, std::string_view others,
                     const IsAllowed& is_allowed) {
  for (const std::string& optimizer : axes.optimizer) {
    for (const std::string& loss : axes.loss) {
      if (is_allowed(parse_method(optimizer, loss))) continue;
      reject(option, value, fmt::format("with --optimizer {} and --loss {} {} allowed", optimizer, loss, others));
    }
  }
}

std::vector<Threshold> read_thresholds(const std::string& text) {
  std::vector<Threshold> thresholds;
  const std::vector<std::string> pieces = split(text, ',');
  if (pieces.size() > most_thresholds) reject("--eps", text, fmt::format("at most {} are allowed", most_thresholds));
  for (const std::string& piece : pieces) {
    const auto threshold = parse_threshold(piece);
    if (!threshold) {
      reject("--eps", piece, "a number > 0 is allowed, a percentage of the largest margin, or a comma list of them");
    }
    for (const Threshold& earlier : thresholds) {
      if (earlier.text == piece) reject("--eps", piece, "it is listed twice; each threshold is allowed once");
    }
    thresholds.push_back(*threshold);
  }
  return thresholds;
}

std::string value_text(const nlohmann::ordered_json& value, char separator) {
  if (value.is_number_float()) return number_text(value.get<double>());
  if (value.is_string()) return value.get<std::string>();
  if (!value.is_array()) return value.dump();
  std::string text;
  for (const nlohmann::ordered_json& element : value) {
    text += (text.empty() ? "" : std::string(1, separator)) + value_text(element, separator);
  }
  return text;
}

ParsedOptions sweep_options(std::vector<std::string> words) {
  words.insert(words.begin(), "sweep");
  std::vector<const char*> pointers;
  pointers.reserve(words.size());
  for (const std::string& word : words) pointers.push_back(word.c_str());
  return {command_spec("sweep"), static_cast<int>(pointers.size()), pointers.data()};
}

}  // namespace

Experiment read_experiment(const ParsedOptions& options) {
  Experiment experiment;
  experiment.axes = read_axes(options);
  if (static_cast<double>(experiment.cell_count()) > most_cells) {
    throw UsageError(
        fmt::format("the axes make {} cells; at most {:.0e} are allowed", experiment.cell_count(), most_cells));
  }
  const auto trials = parse_whole(options.text("trials"));
  if (!trials || *trials < 1.0 || *trials > most_trials) {
    reject("--trials", options.text("trials"), "a whole number from 1 to 1e15 is allowed");
  }
  experiment.trials = static_cast<std::uint64_t>(*trials);
  experiment.stepping = parse_stepping(options.text("stepping"));
  if (experiment.stepping == SteppingMode::leap) {
    require_methods(experiment.axes, "--stepping", "leap", "lockstep and auto are",
                    [](const Method& method) { return method.is_gd_exponential() || !takes_steps(method); });
  }
  experiment.precision = parse_precision(options.text("precision"));
  const bool mixed = experiment.precision == Precision::mixed;
  const bool may_leap = experiment.stepping != SteppingMode::lockstep && !mixed;
  const double most_steps = may_leap ? 1e300 : most_lockstep_steps;
  const auto steps = parse_step_count(options.text("steps"));
  if (!steps || *steps < 1.0 || *steps > most_steps) {
    reject("--steps", options.text("steps"),
           fmt::format("a whole number from 1 to {:g} is allowed with --{}", most_steps,
                       mixed ? "precision mixed" : "stepping " + options.text("stepping")));
  }
  experiment.steps = *steps;
  const auto seed = parse_unsigned(options.text("seed"));
  if (!seed) reject("--seed", options.text("seed"), "a whole number from 0 to 2^64 - 1 is allowed");
  experiment.seed = *seed;
  experiment.thresholds = read_thresholds(options.text("eps"));
  if (mixed) {
    require_methods(experiment.axes, "--precision", "mixed", "double is",
                    [](const Method& method) { return method.is_gd_exponential(); });
    require_float_rates(experiment.axes);
    if (experiment.stepping == SteppingMode::leap) {
      reject("--stepping", "leap", "with --precision mixed lockstep and auto are allowed");
    }
  }
  experiment.record = parse_record_rule("--record", options.text("record"));
  if (options.has("statistics")) experiment.statistics = parse_statistics(options.text("statistics"));
  experiment.theta = weights_file(options).value_or("");
  return experiment;
}

unsigned read_threads(const ParsedOptions& options) {
  const std::string text = options.text("threads");
  if (text == "all") return available_threads();
  const auto threads = parse_whole(text);
  if (!threads || *threads < 1.0 || *threads > 1024.0) {
    reject("--threads", text, "a whole number from 1 to 1024, or all, is allowed");
  }
  return static_cast<unsigned>(*threads);
}

Presentation read_presentation(const ParsedOptions& options) {
  Presentation presentation;
  presentation.device = options.text("device");
  presentation.threads = options.text("threads");
  if (options.given("out")) presentation.out = options.text("out");
  presentation.force = options.flag("force");
  presentation.trials_out = options.flag("trials-out");
  if (options.given("trajectories")) presentation.trajectories = parse_trajectory_columns(options.text("trajectories"));
  presentation.quiet = options.flag("quiet");
  presentation.verbose = options.flag("verbose");
  presentation.json = options.flag("json");
  return presentation;
}

std::vector<std::string> Presentation::trial_lists() const {
  std::vector<std::string> names;
  if (trials_out) names.emplace_back("trials.h5");
  if (!trajectories.empty()) names.emplace_back("trajectories.h5");
  return names;
}

void read_trial_lists(const nlohmann::ordered_json& config, Presentation& presentation) {
  presentation.trials_out = config.value("trials-out", nlohmann::ordered_json()) == true;
  const nlohmann::ordered_json columns = config.value("trajectories", nlohmann::ordered_json());
  if (columns.is_string()) presentation.trajectories = parse_trajectory_columns(columns.get<std::string>());
}

nlohmann::ordered_json config_json(const Experiment& experiment, const Presentation& presentation) {
  std::vector<std::string> data;
  for (const DataPair& pair : experiment.axes.data) data.push_back(pair.text());
  std::string thresholds;
  for (const Threshold& threshold : experiment.thresholds) {
    thresholds += (thresholds.empty() ? "" : ",") + threshold.text;
  }
  nlohmann::ordered_json config = {{"init", experiment.axes.init},
                                   {"bias", experiment.axes.bias},
                                   {"eta", experiment.axes.eta},
                                   {"optimizer", experiment.axes.optimizer},
                                   {"loss", experiment.axes.loss},
                                   {"dim", experiment.axes.dim},
                                   {"data", data},
                                   {"theta", nullptr},
                                   {"trials", experiment.trials},
                                   {"steps", experiment.steps},
                                   {"seed", experiment.seed},
                                   {"stepping", stepping_word(experiment.stepping)},
                                   {"record", experiment.record.text()},
                                   {"statistics", nullptr},
                                   {"eps", thresholds},
                                   {"device", presentation.device},
                                   {"precision", precision_word(experiment.precision)},
                                   {"threads", presentation.threads},
                                   {"out", nullptr},
                                   {"force", presentation.force},
                                   {"trials-out", presentation.trials_out},
                                   {"trajectories", nullptr},
                                   {"quiet", presentation.quiet},
                                   {"verbose", presentation.verbose},
                                   {"json", presentation.json}};
  if (!experiment.statistics.chosen.all()) config["statistics"] = experiment.statistics.text();
  if (presentation.out) config["out"] = *presentation.out;
  if (!presentation.trajectories.empty()) config["trajectories"] = text_of(presentation.trajectories);
  if (!experiment.theta.empty()) config["theta"] = experiment.theta;
  return config;
}

Experiment experiment_of_config(const nlohmann::ordered_json& config) {
  const nlohmann::ordered_json known = config_json(Experiment(), Presentation());
  std::vector<std::string> words;
  for (const auto& [option, value] : config.items()) {
    // Another name, such as --config, would have a file read that somebody else names.
    if (!known.contains(option)) throw UsageError(fmt::format("--{} is none of its options", option));
    if (!affects_results(option) || value.is_null()) continue;
    words.push_back(fmt::format("--{}={}", option, value_text(value, option == "data" ? ';' : ',')));
  }
  const ParsedOptions options = sweep_options(std::move(words));
  Experiment experiment = read_experiment(options);
  if (const auto differs = difference(config, config_json(experiment, Presentation()))) throw UsageError(*differs);
  return experiment;
}

}  // namespace logmargin
