#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "host/cli/config/configuration.hpp"
#include "host/cli/option_table.hpp"
#include "host/error.hpp"

namespace logmargin {

/// ParsedOptions holds the options of one command: from the command line, else from the file that --config names, else
/// the defaults. To read an option that the command does not have is a programming error.
class ParsedOptions {
 public:
  /// Reads the command line, where argv[0] is the command's name. Throws UsageError, and FileError where the
  /// configuration cannot be read.
  ParsedOptions(const CommandSpec& command, int argc, const char* const* argv);

  /// Returns the option as given, else the default text.
  std::string text(std::string_view name) const;
  bool given(std::string_view name) const;
  /// Returns whether it is given and not by the file that --config names.
  bool given_on_command_line(std::string_view name) const { return word(name).given; }
  /// Returns whether the command has such an option.
  bool has(std::string_view name) const { return words_.find(name) != words_.end(); }
  bool flag(std::string_view name) const;
  /// Returns the words that are no options, those of the command's placeholders.
  const std::vector<std::string>& operands() const { return operands_; }

  /// Returns what to tell the user, with file, line and column where the refused value comes from the configuration.
  std::string complaint(const OptionError& error) const;

 private:
  /// Word is an option as the command line has it, else its default.
  struct Word {
    std::string text;
    bool flag = false;
    bool given = false;
  };
  using Words = std::map<std::string, Word, std::less<>>;

  static Words parsed(const CommandSpec& command, const std::vector<std::string>& line);
  const Word& word(std::string_view name) const;

  std::vector<std::string> operands_;
  Words words_;
  Configuration configuration_;
};

}  // namespace logmargin
