#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "host/cli/parsed_options.hpp"
#include "host/plan/experiment.hpp"
#include "host/plan/trajectory_columns.hpp"

namespace logmargin {

/// Returns the experiment that the options describe. Throws UsageError that names option, value and what is allowed.
Experiment read_experiment(const ParsedOptions& options);

/// Reads --threads, where "all" is every core that this process may use. Throws UsageError.
unsigned read_threads(const ParsedOptions& options);

/// Presentation says how a sweep is run and where its results go: options that the results do not depend on, as their
/// texts.
struct Presentation {
  std::string device = "auto";
  std::string threads = "all";
  std::optional<std::string> out = std::nullopt;
  TrajectoryColumns trajectories = {};
  bool force = false, trials_out = false, quiet = false, verbose = false, json = false;

  /// Returns the names of the files that list trials.
  std::vector<std::string> trial_lists() const;
};

Presentation read_presentation(const ParsedOptions& options);

/// Reads from config_json's what is listed of trials. Throws UsageError where it made it from nothing of the kind.
void read_trial_lists(const nlohmann::ordered_json& config, Presentation& presentation);

/// Returns every option as used, under its name; the axes as arrays.
nlohmann::ordered_json config_json(const Experiment& experiment, const Presentation& presentation);

/// Returns the experiment from which config_json made this. Throws UsageError where it made it from none.
Experiment experiment_of_config(const nlohmann::ordered_json& config);

}  // namespace logmargin
