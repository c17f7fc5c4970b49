#include "host/results/files/results_config.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace logmargin {

using Json = nlohmann::ordered_json;

namespace {

/// These options say how a run is done and where it goes, not what comes out.
constexpr std::array<std::string_view, 9> presentation_options = {
    "device", "threads", "out", "force", "quiet", "verbose", "trials-out", "trajectories", "json"};

constexpr std::array<std::string_view, 2> options_that_list_trials = {"trials-out", "trajectories"};

std::string shown(const Json& value) {
  constexpr std::size_t most = 60;
  const std::string text = value.is_string() ? value.get<std::string>() : json_text(value);
  return text.size() <= most ? text : text.substr(0, most) + "...";
}

/// Returns what of an option's value results depend on: of a file of weights its rows and checksum, not its name.
Json what_counts(const std::string& option, const Json& value) {
  if (option != "theta" || !value.is_string()) return value;
  const auto name = value.get<std::string>();
  const std::size_t mark = name.rfind('#');
  return mark == std::string::npos ? name : name.substr(mark);
}

}  // namespace

bool affects_results(std::string_view option) {
  return std::find(presentation_options.begin(), presentation_options.end(), option) == presentation_options.end();
}

bool lists_trials(std::string_view option) {
  return std::find(options_that_list_trials.begin(), options_that_list_trials.end(), option) !=
         options_that_list_trials.end();
}

std::string json_text(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string results_config(const Json& config) {
  Json kept = Json::object();
  for (const auto& [option, value] : config.items()) {
    if (affects_results(option)) kept[option] = value;
  }
  return json_text(kept);
}

std::vector<std::string> differing_options(const Json& there, const Json& here) {
  std::vector<std::string> differing;
  for (const auto& [key, value] : here.items()) {
    if (!affects_results(key)) continue;
    // An option that is not used may be younger than what is compared.
    const Json theirs = there.contains(key) ? what_counts(key, there[key]) : Json();
    if (theirs != what_counts(key, value)) differing.push_back(key);
  }
  for (const auto& [key, value] : there.items()) {
    if (affects_results(key) && !value.is_null() && !here.contains(key)) differing.push_back(key);
  }
  return differing;
}

std::optional<std::string> difference(const Json& there, const Json& here) {
  const std::vector<std::string> differing = differing_options(there, here);
  if (differing.empty()) return std::nullopt;
  const std::string& option = differing.front();
  if (!there.contains(option)) return fmt::format("--{} is not known there", option);
  const std::string theirs = shown(what_counts(option, there[option]));
  if (!here.contains(option)) return fmt::format("--{} is {} there and not known here", option, theirs);
  return fmt::format("--{} is {} there and {} here", option, theirs, shown(what_counts(option, here[option])));
}

std::optional<std::string> difference_of_trial_lists(const Json& there, const Json& here) {
  for (const std::string_view option : options_that_list_trials) {
    const Json theirs = there.value(option, Json());
    const Json ours = here.value(option, Json());
    if (theirs != ours) return fmt::format("--{} is {} there and {} here", option, shown(theirs), shown(ours));
  }
  return std::nullopt;
}

}  // namespace logmargin
