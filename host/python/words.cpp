#include "host/python/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "host/cli/experiment_options.hpp"
#include "host/cli/weights_options.hpp"
#include "host/input/weights_file.hpp"

namespace logmargin::python {

namespace {

/// These options are of what the program prints and writes, or of runs that last for days.
constexpr std::array<std::string_view, 12> of_the_program = {
    "out",    "force", "quiet",    "verbose", "json", "format", "checkpoint-every",
    "resume", "shard", "max-time", "explain", "help"};

}  // namespace

ParsedOptions options_of(std::string_view command, const Words& words) {
  std::vector<const char*> pointers = {"logmargin"};
  for (const std::string& word : words) {
    if (word.find('\0') != std::string::npos) throw UsageError("a text with a NUL character is not allowed");
    pointers.push_back(word.c_str());
  }
  ParsedOptions options(command_spec(command), static_cast<int>(pointers.size()), pointers.data());
  for (const std::string_view name : of_the_program) {
    if (!options.has(name) || !options.given_on_command_line(name)) continue;
    throw UsageError(fmt::format(
        "--{}: it is allowed for the program alone; in Python results are saved by their method save", name));
  }
  return options;
}

Experiment experiment_of(const ParsedOptions& options, const std::shared_ptr<const GivenWeights>& weights) {
  Experiment experiment = read_experiment(options);
  if (weights) {
    take_weights(options, experiment, weights);
  } else if (const auto file = weights_file(options)) {
    take_weights(options, experiment, open_weights(*file));
  }
  return experiment;
}

RunSettings settings_of(const ParsedOptions& options) {
  return {options.text("device"), options.text("threads") == "all" ? 0 : read_threads(options)};
}

}  // namespace logmargin::python
