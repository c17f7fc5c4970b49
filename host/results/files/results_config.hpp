#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace logmargin {

/// Returns whether results depend on an option of config_json: they do on the seed, but not on --out or --device.
bool affects_results(std::string_view option);

/// Returns whether an option decides what a run lists of every trial, though not what that is.
bool lists_trials(std::string_view option);

/// Returns the JSON on one line. JSON must be UTF-8, so that other bytes of a path become U+FFFD.
std::string json_text(const nlohmann::ordered_json& json);

/// Returns, as JSON, the options that results depend on. From one version of the program, equal texts are equal
/// results.
std::string results_config(const nlohmann::ordered_json& config);

/// Returns the options that results depend on and that are not the same in two configurations. Two files of weights are
/// the same where their numbers are.
std::vector<std::string> differing_options(const nlohmann::ordered_json& there, const nlohmann::ordered_json& here);

/// Returns what results depend on and is not the same in two configurations, as "--seed is 5 there and 6 here", or
/// nothing where there is no such difference.
std::optional<std::string> difference(const nlohmann::ordered_json& there, const nlohmann::ordered_json& here);

/// Returns in the same way how two configurations differ in what they list of every trial.
std::optional<std::string> difference_of_trial_lists(const nlohmann::ordered_json& there,
                                                     const nlohmann::ordered_json& here);

}  // namespace logmargin
