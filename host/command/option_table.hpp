#pragma once

#include <cxxopts.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace logmargin {

/// One option: the single source of --help and of what the parser takes.
struct OptionSpec {
  std::string_view name;
  std::string_view argument;  ///< placeholder; empty for a flag
  std::string_view standard;  ///< default as text; empty for none
  std::string_view help;
};

struct CommandSpec {
  std::string_view name;
  std::string_view summary;
  std::vector<OptionSpec> options;
  std::string_view operands = {};  ///< what stands beside the options; empty where nothing may
};

/// The commands in the order help lists them.
const std::vector<CommandSpec>& command_specs();
const CommandSpec& command_spec(std::string_view name);

std::string overview_text();
std::string help_text(const CommandSpec& command);

/// Parsed options of one command. Reading an option the command does not have is a programming error.
class ParsedOptions {
 public:
  ParsedOptions(const CommandSpec& command, int argc, const char* const* argv);

  /// As given, else the default text.
  std::string text(std::string_view name) const;
  bool given(std::string_view name) const;
  bool flag(std::string_view name) const;
  /// The words that are no options. Empty for commands without operands.
  const std::vector<std::string>& operands() const { return result_.unmatched(); }

 private:
  cxxopts::ParseResult result_;
};

/// The nearest of the words within two edits, or an empty text.
std::string_view nearest_word(std::string_view unknown, const std::vector<std::string_view>& words);

}  // namespace logmargin
