#pragma once

#include <memory>
#include <optional>
#include <string>

#include "host/cli/parsed_options.hpp"
#include "host/plan/experiment.hpp"

namespace logmargin {

/// Returns the file that --theta names, or nothing where it is "none" or not given, or where replay's gives numbers.
/// Throws UsageError where a sweep's gives numbers.
std::optional<std::string> weights_file(const ParsedOptions& options);

/// Makes the experiment train given weights. Throws UsageError where they are too few or of another dimension.
void take_weights(Experiment& experiment, std::shared_ptr<const GivenWeights> weights);
/// Does the same; without --trials there are as many as the weights have rows.
void take_weights(const ParsedOptions& options, Experiment& experiment, std::shared_ptr<const GivenWeights> weights);

}  // namespace logmargin
