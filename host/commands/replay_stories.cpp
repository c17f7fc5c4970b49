#include "host/commands/replay_stories.hpp"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "host/plan/number.hpp"
#include "host/results/files/columns.hpp"
#include "host/results/terminal/explanation.hpp"
#include "logmargin/measure/limiting_constant.hpp"
#include "logmargin/stepping/time_to_gap.hpp"

namespace logmargin {

using Json = nlohmann::ordered_json;

namespace {

constexpr std::array<std::string_view, 15> column_names = {"t",        "z11",     "z12",        "z21", "z22",
                                                           "w1",       "b1",      "w2",         "b2",  "margin",
                                                           "crossing", "pattern", "log10_loss", "gap", "classified"};

std::string row_number(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0.0 ? "inf" : "-inf";
  return number_text(value);
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

Json story_json(const Story& story, const ReplayPlan& replay) {
  Json rows = Json::array();
  for (const Row& row : story.rows) {
    Json json;
    for (std::size_t i = 0; i < row.before_pattern.size(); ++i) {
      json[std::string(column_names[i])] = row.before_pattern[i];
    }
    json["pattern"] = row.pattern;
    json["log10_loss"] = row.log10_loss;
    json["gap"] = row.gap;
    json["classified"] = row.classified ? 1 : 0;
    rows.push_back(json);
  }
  return {{"network", network_json(story, replay)}, {"rows", rows}};
}

/// Returns "the network" or, of a sweep's, its trial.
std::string name_of(const Story& story) { return story.trial ? fmt::format("trial {}", *story.trial) : "the network"; }

}  // namespace

nlohmann::ordered_json network_json(const Story& story, const ReplayPlan& replay) {
  const Problem& problem = replay.cell.problem;
  const Experiment& experiment = replay.experiment;
  const Weights& theta = story.start.on_line;
  Json times = Json::object();
  Json time_status = Json::object();
  for (std::size_t i = 0; i < experiment.thresholds.size(); ++i) {
    const double log10_t = time_of(story, problem, experiment.thresholds[i].in(problem), i);
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
    network["frozen"] = orthogonal_json(story.start.orthogonal);
  }
  return network;
}

std::vector<std::string> notes_of(const Story& story) {
  std::vector<std::string> notes;
  if (story.outcome == Outcome::unresolved) {
    notes.push_back(fmt::format("{} is followed to t = {:.6g}; it has no closed form from there on", name_of(story),
                                story.unresolved_t));
  }
  if (!std::isnan(story.chaotic_from_t)) {
    notes.push_back(fmt::format(
        "{} is chaotic: a change of its start in the last place is seen at t = {:g} and has grown to {:.2g}; digits "
        "that it reaches are not printed",
        name_of(story), story.chaotic_from_t, story.largest_change));
  }
  return notes;
}

std::string StoryTexts::begin() const {
  if (words_) return {};
  if (json_) return several() ? "{\"networks\":[\n" : "";
  std::string text = several() ? "trial" : "";
  for (const auto name : column_names) text += (text.empty() ? "" : ",") + std::string(name);
  return text + "\n";
}

std::string StoryTexts::text_of(const Story& story) {
  const bool first = first_;
  first_ = false;
  if (words_) return (several() && !first ? "\n" : "") + in_words(story);
  if (!json_) return as_csv(story);
  if (!several()) return story_json(story, replay_).dump() + "\n";
  Json json = {{"trial", *story.trial}};
  json.update(story_json(story, replay_));
  return (first ? "" : ",\n") + json.dump();
}

std::string StoryTexts::end() const { return json_ && several() ? "\n]}\n" : ""; }

std::string StoryTexts::in_words(const Story& story) const {
  const std::string title = several() ? fmt::format("Trial {}\n\n", *story.trial) : "";
  return title + explanation(replay_.cell.problem, story.start, story.network, replay_.shown.back(), story.outcome,
                             story.unresolved_t, replay_.experiment.thresholds, story.log10_t_eps);
}

std::string StoryTexts::as_csv(const Story& story) const {
  std::string text;
  for (const Row& row : story.rows) {
    if (several()) text += fmt::format("{},", *story.trial);
    for (const double value : row.before_pattern) text += row_number(value) + ",";
    text +=
        row.pattern + "," + row_number(row.log10_loss) + "," + row_number(row.gap) + (row.classified ? ",1\n" : ",0\n");
  }
  return text;
}

}  // namespace logmargin
