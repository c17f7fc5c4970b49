#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "host/cli/parsed_options.hpp"
#include "host/engine/cell_networks.hpp"
#include "host/plan/experiment.hpp"

namespace logmargin {

/// ReplayPlan is one network, and what is to be shown of it.
struct ReplayPlan {
  Experiment experiment;  ///< of one cell
  Problem problem;
  Stepping stepping;
  SpatialStart start;         ///< on the line it has no orthogonal component
  std::vector<double> shown;  ///< the t to print, rising
};

/// OpenWeights opens a file of weights by its name.
using OpenWeights = std::function<std::shared_ptr<const GivenWeights>(const std::string&)>;

/// Reads the plan of a replay from its options. Throws UsageError.
ReplayPlan read_replay(const ParsedOptions& options, const OpenWeights& open_weights);

}  // namespace logmargin
