#include "host/cli/weights_options.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "host/plan/number.hpp"

namespace logmargin {

std::optional<std::string> weights_file(const ParsedOptions& options) {
  if (!options.given("theta")) return std::nullopt;
  const std::string text = options.text("theta");
  std::error_code error;
  if (text == "none" || std::filesystem::exists(text, error)) {
    return text == "none" ? std::nullopt : std::optional(text);
  }
  const std::vector<std::string> pieces = split(text, ',');
  const bool numbers = pieces.size() > 1 || parse_number(text) || text.find(';') != std::string::npos || text.empty();
  if (!numbers || text.find('#') != std::string::npos) return text;
  // Replay's may be numbers.
  if (options.has("trial")) return std::nullopt;
  reject("--theta", text, "a file of weights is allowed; replay takes numbers too");
}

void take_weights(Experiment& experiment, std::shared_ptr<const GivenWeights> weights) {
  experiment.axes.init = {given_weights_word};
  experiment.axes.bias = {given_weights_word};
  experiment.theta = weights->name();
  for (const std::int64_t dim : experiment.axes.dim) {
    if (dim == weights->dim()) continue;
    reject(
        "--theta", experiment.theta.substr(0, experiment.theta.rfind('#')),
        fmt::format("its networks are in {0} dimension{1}, and --dim, or without it --data, asks for {2}; --dim {0} is "
                    "allowed",
                    weights->dim(), weights->dim() == 1 ? "" : "s", dim));
  }
  if (experiment.trials > weights->rows()) {
    reject("--trials", std::to_string(experiment.trials),
           fmt::format("with the rows of --theta a whole number from 1 to {} is allowed", weights->rows()));
  }
  experiment.weights = std::move(weights);
}

void take_weights(const ParsedOptions& options, Experiment& experiment, std::shared_ptr<const GivenWeights> weights) {
  if (!options.given("trials")) experiment.trials = weights->rows();
  take_weights(experiment, std::move(weights));
}

}  // namespace logmargin
