#include "host/cli/pages/bash_completion.hpp"

#include <fmt/format.h>

#include "host/cli/option_table.hpp"

namespace logmargin {

namespace {

/// Returns what the option's value is, as assignments of the script.
std::string value_assignments(const OptionSpec& option) {
  if (option.argument == "FILE") return "kind=file";
  if (option.argument == "DIR") return "kind=folder";
  if (option.words.empty()) return "kind=text";
  // A list with ; between needs quotes, which the script does not look into.
  return fmt::format("kind=words words='{}'{}", option.words, option.separator == ',' ? " separator=," : "");
}

std::string bash_case(const CommandSpec& command) {
  std::string names;
  std::string values;
  for (const OptionSpec& option : command.options) {
    names += fmt::format("{}--{}", names.empty() ? "" : " ", option.name);
    if (!option.argument.empty()) {
      values += fmt::format("        --{}) {} ;;\n", option.name, value_assignments(option));
    }
  }
  const std::string of_values = values.empty() ? "" : "      case $option in\n" + values + "      esac\n";
  // Only folders are operands.
  const std::string of_operands = command.operands.empty() ? "" : "      [[ $current == -* ]] || kind=folder\n";
  return fmt::format("    {})\n      options='{}'\n{}{}      ;;\n", command.name, names, of_operands, of_values);
}

constexpr std::string_view before_cases = R"(  # The word as typed: bash breaks it at = and :
  local IFS=$' \t\n' line=${COMP_LINE:0:COMP_POINT}
  local current=${line##*[[:blank:]]}
  local before=${line%"$current"}
  before=${before%"${before##*[![:blank:]]}"}
  local option=${before##*[[:blank:]]} head='' value=$current
  if [[ $current == --*=* ]]; then
    option=${current%%=*} head=${current%%=*}= value=${current#*=}
  fi
  local options='' kind='' words='' separator='' candidate
  local -a candidates=()
  COMPREPLY=()
  # The word under the cursor is no command yet.
  local command=${COMP_WORDS[1]}
  ((COMP_CWORD > 1)) || command=''
  case $command in
)";

constexpr std::string_view after_cases = R"(  esac
  case $kind in
    file | folder)
      compopt -o filenames 2>/dev/null
      local action=-f
      [[ $kind == folder ]] && action=-d
      while IFS= read -r candidate; do candidates+=("$head$candidate"); done < <(compgen "$action" -- "$value")
      ;;
    words)
      # Of a list, the last one is being typed.
      [[ -n $separator && $value == *"$separator"* ]] && head+=${value%"$separator"*}$separator
      for candidate in $words; do candidates+=("$head$candidate"); done
      ;;
    '')
      for candidate in $options; do candidates+=("$candidate"); done
      ;;
  esac
  # bash has kept what lies before the last of its breaks.
  local breaks=${COMP_WORDBREAKS//[^=:]/} kept=''
  [[ -n $breaks ]] && kept=${current%"${current##*[$breaks]}"}
  for candidate in "${candidates[@]}"; do
    [[ $candidate == "$current"* ]] || continue
    COMPREPLY+=("${candidate#"$kept"}")
    # A number is to follow.
    [[ $candidate == *= ]] && compopt -o nospace 2>/dev/null
  done
  return 0
}

complete -F _logmargin logmargin
)";

}  // namespace

std::string bash_completion() {
  std::string names;
  std::string cases;
  for (const CommandSpec& command : command_specs()) {
    names += fmt::format("{} ", command.name);
    cases += bash_case(command);
  }
  std::string script = "# bash completion for logmargin, made from its option table\n_logmargin() {\n";
  script += before_cases;
  script += fmt::format("    '') options='{}help --help --version' ;;\n", names);
  script += fmt::format("    help) ((COMP_CWORD > 2)) || options='{}' ;;\n", names);
  script += cases;
  script += after_cases;
  return script;
}

}  // namespace logmargin
