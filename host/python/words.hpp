#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "host/cli/parsed_options.hpp"
#include "host/error.hpp"
#include "host/plan/given_weights.hpp"
#include "host/run/run.hpp"

namespace logmargin::python {

/// Words are options as the command line has them, "--NAME=VALUE" or "--NAME".
using Words = std::vector<std::string>;

/// Returns the options of a command: from the words, else from what --config names, else the defaults. Throws
/// UsageError, also for options of the program's output, which a caller in Python has in other ways.
ParsedOptions options_of(std::string_view command, const Words& words);

/// Calls work, and throws its errors of options with their places in the configuration, as the command line does.
template <class Work>
auto with_complaints(const ParsedOptions& options, const Work& work) {
  try {
    return work();
  } catch (const OptionError& error) {
    throw UsageError(options.complaint(error));
  }
}

/// Returns the experiment of the options, with these weights where there are any, or else those of the file that
/// --theta names. Throws UsageError and FileError.
Experiment experiment_of(const ParsedOptions& options, const std::shared_ptr<const GivenWeights>& weights);

RunSettings settings_of(const ParsedOptions& options);

}  // namespace logmargin::python
