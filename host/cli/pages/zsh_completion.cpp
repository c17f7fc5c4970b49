#include "host/cli/pages/zsh_completion.hpp"

#include <fmt/format.h>

#include "host/cli/option_table.hpp"

namespace logmargin {

namespace {

/// Returns the text with a backslash before each of the special characters.
std::string escaped(std::string_view text, std::string_view special) {
  std::string result;
  for (const char c : text) {
    if (special.find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

/// Returns the text in single quotes.
std::string in_single_quotes(std::string_view text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

/// Returns how _arguments completes the value, or a blank where it cannot.
std::string value_action(const OptionSpec& option) {
  if (option.argument == "FILE") return "_files";
  if (option.argument == "DIR") return "_files -/";
  if (option.words.empty()) return " ";
  const std::string words = escaped(option.words, ":");
  // A list with ; between needs quotes, and is left to the user.
  return option.separator == ',' ? "_logmargin_list - " + words : "(" + words + ")";
}

std::string option_argument(const OptionSpec& option) {
  const std::string help = escaped(option.help, "[]\\");
  if (option.argument.empty()) return in_single_quotes(fmt::format("--{}[{}]", option.name, help));
  return in_single_quotes(
      fmt::format("--{}=[{}]:{}:{}", option.name, help, escaped(option.argument, ":\\"), value_action(option)));
}

std::string zsh_case(const CommandSpec& command) {
  std::string text = fmt::format("    {})\n      _arguments", command.name);
  for (const OptionSpec& option : command.options) text += " \\\n        " + option_argument(option);
  if (!command.operands.empty()) {
    text += " \\\n        " + in_single_quotes(fmt::format("*:{}:_files -/", escaped(command.operands, ":\\")));
  }
  return text + "\n      ;;\n";
}

}  // namespace

std::string zsh_completion() {
  std::string commands;
  std::string cases;
  for (const CommandSpec& command : command_specs()) {
    commands += "    " + in_single_quotes(fmt::format("{}:{}", command.name, escaped(command.summary, ":\\"))) + "\n";
    cases += zsh_case(command);
  }
  return "#compdef logmargin\n# made from logmargin's option table\n\n"
         "# The last of a list; more may follow, so no blank does.\n"
         "_logmargin_list() {\n  compset -P '*,'\n  compadd -S '' \"$@\"\n}\n\n_logmargin() {\n"
         "  local -a commands=(\n" +
         commands +
         "  )\n"
         "  if ((CURRENT == 2)); then\n"
         "    local -a others=('help:list the commands, or the options of one' '--help:list the commands' "
         "'--version:print the version')\n"
         "    _describe command commands -- others\n"
         "    return\n"
         "  fi\n"
         "  local command=$words[2]\n"
         "  shift words\n"
         "  ((CURRENT--))\n"
         "  case $command in\n"
         "    help) ((CURRENT == 2)) && _describe command commands ;;\n" +
         cases + "  esac\n}\n\n_logmargin \"$@\"\n";
}

}  // namespace logmargin
