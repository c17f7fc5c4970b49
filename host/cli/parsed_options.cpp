#include "host/cli/parsed_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cxxopts.hpp>
#include <set>
#include <stdexcept>

#include "host/plan/nearest_word.hpp"
#include "host/plan/number.hpp"

namespace logmargin {

namespace {

/// Line is a command line taken apart.
struct Line {
  std::vector<std::string> operands;
  /// These are a word for each option and one for its value: cxxopts matches words with <regex>, which recurses into
  /// long ones.
  std::vector<std::string> options;
};

/// Takes a command line apart. Throws UsageError for words that are neither options nor operands, and for missing ones
/// of both.
Line take_apart(const CommandSpec& command, int argc, const char* const* argv) {
  Line line;
  std::vector<std::string>& operands = line.operands;
  const std::size_t wanted = command.operands.empty() ? 0 : split(command.operands, ' ').size();
  const bool takes_more = command.operands.ends_with("...");
  std::vector<std::string_view> names;
  for (const OptionSpec& option : command.options) names.push_back(option.name);
  std::set<std::string_view> given;
  bool options_ended = false;
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    if (word == "--" && !options_ended) {
      options_ended = true;
      continue;
    }
    const bool takes_operand = operands.size() < wanted || takes_more;
    if (takes_operand && !word.empty() && (options_ended || !word.starts_with('-'))) {
      operands.emplace_back(word);
      continue;
    }
    if (options_ended) {
      throw UsageError(fmt::format("--: '{}' is not allowed; behind -- {}", word,
                                   wanted == 0 ? "nothing is" : fmt::format("only {} is", command.operands)));
    }
    const std::string_view name = word.substr(std::min<std::size_t>(2, word.size()));
    const auto option = std::find_if(command.options.begin(), command.options.end(), [&](const OptionSpec& known) {
      return name.substr(0, name.find('=')) == known.name;
    });
    if (!word.starts_with("--") || option == command.options.end()) {
      // A lone dash is forgotten as easily as both.
      const std::string_view bare = word.substr(std::min(word.find_first_not_of('-'), word.size()));
      throw UsageError(fmt::format("{}: unknown option{}; 'logmargin {} --help' lists what is allowed", word,
                                   did_you_mean(bare.substr(0, bare.find('=')), names, "--"), command.name));
    }
    const bool has_value = name.find('=') != std::string_view::npos;
    if (option->argument.empty() && has_value) {
      throw UsageError(fmt::format("{}: --{} takes no value", word, option->name));
    }
    if (!given.insert(option->name).second) {
      throw UsageError(fmt::format(
          "--{}: it is given twice; each option is allowed once{}", option->name,
          option->separator == '\0' ? "" : fmt::format(", with '{}' between its values", option->separator)));
    }
    line.options.push_back(fmt::format("--{}", option->name));
    if (option->argument.empty()) continue;
    const bool value_follows = i + 1 < argc && !std::string_view(argv[i + 1]).starts_with("--");
    if (!has_value && !value_follows && option->argument.starts_with('[')) {
      line.options.emplace_back(option->standard);
      continue;
    }
    if (!has_value && ++i >= argc) {
      throw UsageError(fmt::format("{}: a value is missing; allowed: --{} {}", word, option->name, option->argument));
    }
    // The word after an option whose value was forgotten is the next option.
    if (!has_value && std::string_view(argv[i]).starts_with("--")) {
      throw UsageError(
          fmt::format("{0}: a value is missing before '{1}'; allowed: --{2} {3}, and --{2}=VALUE where "
                      "it begins with --",
                      word, std::string_view(argv[i]).substr(0, 60), option->name, option->argument));
    }
    line.options.emplace_back(has_value ? name.substr(name.find('=') + 1) : std::string_view(argv[i]));
  }
  if (operands.size() < wanted) {
    throw UsageError(fmt::format("{} is missing; allowed: logmargin {} {} [options]",
                                 split(command.operands, ' ')[operands.size()], command.name, command.operands));
  }
  return line;
}

}  // namespace

ParsedOptions::Words ParsedOptions::parsed(const CommandSpec& command, const std::vector<std::string>& line) {
  std::vector<const char*> pointers = {"logmargin"};
  for (const std::string& word : line) pointers.push_back(word.c_str());
  cxxopts::Options options("logmargin");
  auto adder = options.add_options();
  for (const OptionSpec& option : command.options) {
    const auto value = option.argument.empty()
                           ? std::shared_ptr<cxxopts::Value>(cxxopts::value<bool>())
                           : cxxopts::value<std::string>()->default_value(std::string(option.standard));
    adder(std::string(option.name), std::string(option.help), value);
  }
  try {
    const cxxopts::ParseResult result = options.parse(static_cast<int>(pointers.size()), pointers.data());
    Words words;
    for (const OptionSpec& option : command.options) {
      const std::string name(option.name);
      Word& word = words[name];
      word.given = result.count(name) > 0;
      if (option.argument.empty()) {
        word.flag = result[name].as<bool>();
      } else {
        word.text = result[name].as<std::string>();
      }
    }
    return words;
  } catch (const cxxopts::exceptions::exception& error) {
    throw UsageError(fmt::format("{}; 'logmargin {} --help' lists what is allowed", error.what(), command.name));
  }
}

ParsedOptions::ParsedOptions(const CommandSpec& command, int argc, const char* const* argv) {
  Line line = take_apart(command, argc, argv);
  operands_ = std::move(line.operands);
  words_ = parsed(command, line.options);
  if (takes_configuration(command) && word("config").given) {
    configuration_ = Configuration(word("config").text, command);
    if (words_.contains("trials-out") && !word("out").given) configuration_.leave_out_trial_lists();
  }
}

const ParsedOptions::Word& ParsedOptions::word(std::string_view name) const {
  const auto found = words_.find(name);
  if (found == words_.end()) throw std::logic_error(fmt::format("the command has no option --{}", name));
  return found->second;
}

std::string ParsedOptions::text(std::string_view name) const {
  const ConfiguredOption* configured = configuration_.find(name);
  return configured != nullptr && !word(name).given ? configured->text : word(name).text;
}

bool ParsedOptions::given(std::string_view name) const {
  return word(name).given || configuration_.find(name) != nullptr;
}

bool ParsedOptions::flag(std::string_view name) const {
  const ConfiguredOption* configured = configuration_.find(name);
  return word(name).flag || (configured != nullptr && configured->flag);
}

std::string ParsedOptions::complaint(const OptionError& error) const {
  const std::string_view name = std::string_view(error.option).substr(error.option.starts_with("--") ? 2 : 0);
  const ConfiguredOption* configured = configuration_.find(name);
  if (configured == nullptr || word(name).given) return error.what();
  return configuration_.complaint(*configured, error);
}

}  // namespace logmargin
