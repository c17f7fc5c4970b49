#include "host/commands/replay.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <nlohmann/json.hpp>

#include "host/cli/replay_options.hpp"
#include "host/engine/cell_networks.hpp"
#include "host/engine/cpu/trajectories.hpp"
#include "host/engine/leap_check.hpp"
#include "host/engine/times_to_gap.hpp"
#include "host/input/weights_file.hpp"
#include "host/plan/number.hpp"
#include "host/results/files/columns.hpp"
#include "host/results/terminal/explanation.hpp"
#include "logmargin/measure/limiting_constant.hpp"
#include "logmargin/measure/track.hpp"
#include "logmargin/stepping/time_to_gap.hpp"

namespace logmargin {

using Json = nlohmann::ordered_json;

namespace {

constexpr std::array<std::string_view, 13> column_names = {
    "t", "z11", "z12", "z21", "z22", "w1", "b1", "w2", "b2", "margin", "crossing", "pattern", "log10_loss"};

/// Row is one recorded t of one network. The pattern is four characters 0 or 1, in the order z11, z12, z21, z22.
struct Row {
  std::array<double, 11> before_pattern;
  std::string pattern;
  double log10_loss;
};

/// Story is the network as it stands at the last row, and all that was seen on the way.
struct Story {
  Network<double> network;
  Outcome outcome;
  double unresolved_t;
  Dip<double> dip;
  std::vector<double> log10_t_eps;  ///< of the experiment's thresholds; see log10_times_to_gap
  std::vector<Row> rows;
  double largest_change = 0.0;  ///< of a twin whose start differs in the last place
  double chaotic_from_t = std::numeric_limits<double>::quiet_NaN();
};

std::string pattern_text(double pattern) {
  const auto bits = static_cast<unsigned>(pattern);
  std::string text;
  for (unsigned i = 0; i < 4; ++i) text += (bits >> i & 1U) != 0 ? '1' : '0';
  return text;
}

Row make_row(const Problem& problem, double t, const Network<double>& z, const Observation<double>& seen) {
  const Weights theta = weights_of(problem, z);
  return {{t, z.z11, z.z12, z.z21, z.z22, theta.w1, theta.b1, theta.w2, theta.b2, seen.margin, crossing(problem, z)},
          pattern_text(seen.pattern),
          seen.log10_loss};
}

/// Returns a value to the digits that it shares with a twin's, or NaN where it shares none.
double certain_digits(double value, double twin) {
  const double difference = std::abs(value - twin);
  if (!(difference > 0.0)) return value;
  const double digits = std::floor(std::log10(std::abs(value) / difference));
  if (!(digits >= 1.0)) return std::numeric_limits<double>::quiet_NaN();
  // Unlike stod, strtod gives infinity for what is rounded beyond the range of double.
  return std::strtod(fmt::format("{:.{}g}", value, static_cast<int>(std::min(digits, 17.0))).c_str(), nullptr);
}

void keep_certain_digits(Row& row, const Row& twin) {
  for (std::size_t i = 1; i < row.before_pattern.size(); ++i) {
    row.before_pattern[i] = certain_digits(row.before_pattern[i], twin.before_pattern[i]);
  }
  row.log10_loss = certain_digits(row.log10_loss, twin.log10_loss);
}

/// Returns the story with rows at the shown t. Its dip is over all recorded t up to the last of them. Where a twin
/// whose start differs in the last place has gone another way, the digits that both share are kept.
template <class Number>
Story follow(const ReplayPlan& replay, const Schedule& schedule) {
  const Problem& problem = replay.problem;
  const Experiment& experiment = replay.experiment;
  const SpatialStart& start = replay.start;
  const std::vector<double>& shown = replay.shown;
  const Network<double> initial = network_from_weights(problem, start.on_line);
  Story story = {initial, Outcome::transient, std::numeric_limits<double>::quiet_NaN(), no_dip<double>(), {}, {}};
  const SimdDispatchTable kernels = available_simd_dispatch_tables().back();
  InitialNetworks both = room_for_networks(problem, 2);
  both.networks = {initial, nudged(initial)};
  for (OrthogonalComponent<double>& component : both.orthogonal) component = start.orthogonal;
  TrajectoriesOf<Number> trajectories(problem, replay.stepping, both.networks, both.orthogonal);
  BatchScratchOf<Number> scratch(2);
  RunControl control;
  const auto observed = [&](std::size_t i) {
    const Network<double> network = widen(trajectories.network(i));
    return both.orthogonal.empty() ? observe(problem, network)
                                   : observe(problem, network, trajectories.orthogonal_scale(i) * both.orthogonal[i]);
  };
  const bool has_twin = may_amplify(problem, experiment.precision);
  for (const RecordedTime& time : schedule.times()) {
    if (time.t > shown.back()) break;
    trajectories.advance(kernels, time.t, scratch, control);
    story.network = widen(trajectories.network(0));
    const Observation<double> seen = observed(0);
    add(story.dip, time, seen);
    if (has_twin) {
      const double change = relative_change(story.network, widen(trajectories.network(1)));
      story.largest_change = std::max(story.largest_change, change);
      if (change > Sensitivity::most_growth && std::isnan(story.chaotic_from_t)) story.chaotic_from_t = time.t;
    }
    if (!std::binary_search(shown.begin(), shown.end(), time.t)) continue;
    story.rows.push_back(make_row(problem, time.t, story.network, seen));
    if (!std::isnan(story.chaotic_from_t)) {
      keep_certain_digits(story.rows.back(), make_row(problem, time.t, widen(trajectories.network(1)), observed(1)));
    }
  }
  story.outcome = trajectories.outcome(0);
  story.unresolved_t = trajectories.unresolved_t(0);
  if (story.outcome == Outcome::converging) {
    story.log10_t_eps = times_to_gap(kernels, problem, initial, both.orthogonal_of(0), experiment.threshold_values());
  }
  return story;
}

/// Returns the recorded t of the experiment up to the last shown one, and the shown ones.
Schedule with_shown_times(const Experiment& experiment, const std::vector<double>& shown) {
  const double horizon = std::max(1.0, shown.back());
  RecordRule rule{RecordRule::Kind::list, 0.0, shown};
  RecordRule own = experiment.record;
  std::erase_if(own.listed, [&](double t) { return t > horizon; });
  for (const double t : recorded_times(horizon, own)) rule.listed.push_back(t);
  return make_schedule(horizon, rule);
}

std::string row_number(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0.0 ? "inf" : "-inf";
  return number_text(value);
}

void print_csv(const Story& story) {
  std::string text;
  for (const auto name : column_names) text += (text.empty() ? "" : ",") + std::string(name);
  for (const Row& row : story.rows) {
    text += "\n";
    for (const double value : row.before_pattern) text += row_number(value) + ",";
    text += row.pattern + "," + row_number(row.log10_loss);
  }
  fmt::print("{}\n", text);
}

/// Returns what training never moves of a network in space; see OrthogonalComponent. gram is that of the weights' parts
/// perpendicular to all that moves.
Json orthogonal_json(const OrthogonalComponent<double>& orthogonal) {
  return {{"phi", {orthogonal.phi_1, orthogonal.phi_2}},
          {"gram",
           {orthogonal.rest_11 * orthogonal.rest_11, orthogonal.rest_11 * orthogonal.rest_21,
            orthogonal.rest_21 * orthogonal.rest_21 + orthogonal.rest_22 * orthogonal.rest_22}}};
}

/// Returns log10 t_eps of any network. A network that is stuck misclassifies a point for good.
double time_of(const Story& story, const Problem& problem, double threshold, std::size_t i) {
  if (!story.log10_t_eps.empty()) return story.log10_t_eps[i];
  if (!(threshold < problem.optimal_margin)) return gap_never_above;
  return story.outcome == Outcome::stuck ? gap_never_within : time_to_gap_not_known;
}

std::string_view status_text(double log10_t_eps) {
  if (log10_t_eps == gap_never_above) return "never_above";
  if (log10_t_eps == gap_never_within) return "never_within";
  return std::isnan(log10_t_eps) ? "not_known" : "reached";
}

/// Prints on stderr what a reader of the rows has to know.
void print_notes(const Story& story) {
  if (story.outcome == Outcome::unresolved) {
    fmt::print(stderr, "logmargin: the network is followed to t = {:.6g}; it has no closed form from there on\n",
               story.unresolved_t);
  }
  if (!std::isnan(story.chaotic_from_t)) {
    fmt::print(stderr,
               "logmargin: the network is chaotic: a change of its start in the last place is seen at t = {:g} and has "
               "grown to {:.2g}; digits that it reaches are not printed\n",
               story.chaotic_from_t, story.largest_change);
  }
}

void print_json(const Story& story, const ReplayPlan& replay) {
  const Problem& problem = replay.problem;
  const Experiment& experiment = replay.experiment;
  const Weights& theta = replay.start.on_line;
  Json rows = Json::array();
  for (const Row& row : story.rows) {
    Json json;
    for (std::size_t i = 0; i < row.before_pattern.size(); ++i) {
      json[std::string(column_names[i])] = row.before_pattern[i];
    }
    json["pattern"] = row.pattern;
    json["log10_loss"] = row.log10_loss;
    rows.push_back(json);
  }
  Json times = Json::object();
  Json time_status = Json::object();
  for (std::size_t i = 0; i < experiment.thresholds.size(); ++i) {
    const double log10_t = time_of(story, problem, experiment.thresholds[i].value, i);
    // nlohmann's dump writes null for what is not finite.
    times[experiment.thresholds[i].text] = log10_t;
    time_status[experiment.thresholds[i].text] = status_text(log10_t);
  }
  Json network = {{"theta", {theta.w1, theta.b1, theta.w2, theta.b2}},
                  {"eta", problem.step_size},
                  {"outcome", outcome_names[static_cast<std::size_t>(story.outcome)]},
                  {"c_theory", limiting_constant(problem, story.network)},
                  {"dip", {{"margin_min", story.dip.margin}, {"log10_t_min", log10_of_time(story.dip.t)}}},
                  {"gap_limit", limiting_gap(problem)},
                  {"log10_t_eps", times},
                  {"t_eps_status", time_status}};
  if (story.outcome == Outcome::unresolved) network["unresolved_t"] = story.unresolved_t;
  if (!std::isnan(story.chaotic_from_t)) {
    network["chaotic"] = {{"from_t", story.chaotic_from_t}, {"largest_change", story.largest_change}};
  }
  if (experiment.axes.dim.front() > 1) {
    network["dim"] = experiment.axes.dim.front();
    network["frozen"] = orthogonal_json(replay.start.orthogonal);
  }
  fmt::print("{}\n", Json{{"network", network}, {"rows", rows}}.dump());
}

}  // namespace

void replay_command(const ParsedOptions& options) {
  const ReplayPlan replay = read_replay(options, open_weights);
  const Experiment& experiment = replay.experiment;
  const std::vector<double>& shown = replay.shown;
  const auto follow_in = experiment.precision == Precision::mixed ? follow<Pair<float>> : follow<double>;
  const Story story = follow_in(replay, with_shown_times(experiment, shown));
  print_notes(story);
  if (options.flag("explain")) {
    fmt::print("{}", explanation(replay.problem, replay.start, story.network, shown.back(), story.outcome,
                                 story.unresolved_t, experiment.thresholds, story.log10_t_eps));
    return;
  }
  if (options.text("format") == "json") {
    print_json(story, replay);
  } else {
    print_csv(story);
  }
}

}  // namespace logmargin
