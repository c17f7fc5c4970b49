#include "host/results/files/results_config.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

namespace logmargin {

using Json = nlohmann::ordered_json;

namespace {

/// These options say how a run is done and where it goes, not what comes out.
constexpr std::array<std::string_view, 8> presentation_options = {"device", "threads", "out",        "force",
                                                                  "quiet",  "verbose", "trials-out", "json"};

std::string shown(const Json& value) {
  constexpr std::size_t most = 60;
  const std::string text = value.is_string() ? value.get<std::string>() : json_text(value);
  return text.size() <= most ? text : text.substr(0, most) + "...";
}

}  // namespace

bool affects_results(std::string_view option) {
  return std::find(presentation_options.begin(), presentation_options.end(), option) == presentation_options.end();
}

std::string json_text(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string results_config(const Json& config) {
  Json kept = Json::object();
  for (const auto& [option, value] : config.items()) {
    if (affects_results(option)) kept[option] = value;
  }
  return json_text(kept);
}

std::optional<std::string> difference(const Json& there, const Json& here) {
  for (const auto& [key, value] : here.items()) {
    if (!affects_results(key)) continue;
    if (!there.contains(key)) return fmt::format("--{} is not known there", key);
    if (there[key] != value) return fmt::format("--{} is {} there and {} here", key, shown(there[key]), shown(value));
  }
  for (const auto& [key, value] : there.items()) {
    if (affects_results(key) && !here.contains(key))
      return fmt::format("--{} is {} there and not known here", key, shown(value));
  }
  return std::nullopt;
}

}  // namespace logmargin
