#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace logmargin {

/// OptionSpec is one option. It is the single source of what the parser and configuration files take, of --help, of the
/// man page and of the shells' completions.
struct OptionSpec {
  std::string_view name;
  std::string_view argument;  ///< placeholder; empty for a flag; FILE and DIR are completed as such; in [] where
                              ///< the option without a value stands for the default
  std::string_view standard;  ///< default as text; empty for none
  std::string_view help;
  char separator = '\0';        ///< between the values of a list; none where one value is allowed
  std::string_view words = {};  ///< values for the shells to offer, a space between; one that ends in = wants a number
};

struct CommandSpec {
  std::string_view name;
  std::string_view summary;
  std::vector<OptionSpec> options;
  /// These are placeholders of the words that are no options, with a space between them. One that ends in ... takes one
  /// word or more.
  std::string_view operands = {};
};

inline constexpr std::string_view program_summary =
    "how fast gradient descent reaches the optimal margin, over many two-neuron ReLU networks at once";

/// Returns the commands in the order in which help lists them.
const std::vector<CommandSpec>& command_specs();
const CommandSpec& command_spec(std::string_view name);

std::string overview_text();
std::string help_text(const CommandSpec& command);

}  // namespace logmargin
