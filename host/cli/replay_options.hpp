#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/cli/parsed_options.hpp"
#include "host/engine/cell_networks.hpp"
#include "host/plan/experiment.hpp"

namespace logmargin {

/// ReplayPlan is some networks of one cell, and what is to be shown of them.
struct ReplayPlan {
  Experiment experiment;  ///< of one cell
  CellRun cell;           ///< that cell; its stepping is that of the sweep
  std::vector<std::uint64_t> trials;
  std::optional<SpatialStart> theta;  ///< the start of the only network, which then is no trial
  std::vector<double> shown;          ///< the t to print, rising

  std::size_t networks() const { return theta ? 1 : trials.size(); }
  SpatialStart start(std::size_t which) const { return theta ? *theta : trial_start(cell, trials[which]); }
  std::optional<std::uint64_t> trial(std::size_t which) const {
    return theta ? std::nullopt : std::optional(trials[which]);
  }
};

/// OpenWeights opens a file of weights by its name.
using OpenWeights = std::function<std::shared_ptr<const GivenWeights>(const std::string&)>;

/// Reads the plan of a replay from its options. Throws UsageError.
ReplayPlan read_replay(const ParsedOptions& options, const OpenWeights& open_weights);

}  // namespace logmargin
