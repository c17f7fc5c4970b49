#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace logmargin {

/// Whether results depend on an option of config_json: on the seed they do, on --out or --device they do not.
bool affects_results(std::string_view option);

/// On one line; bytes of a path that are not UTF-8, which JSON must be, become U+FFFD.
std::string json_text(const nlohmann::ordered_json& json);

/// Those that they depend on, as JSON: equal texts are equal results, from one version of the program.
std::string results_config(const nlohmann::ordered_json& config);

/// What results depend on and is not the same in two configurations: "--seed is 5 there and 6 here".
std::optional<std::string> difference(const nlohmann::ordered_json& there, const nlohmann::ordered_json& here);

}  // namespace logmargin
