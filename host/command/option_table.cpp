#include "host/command/option_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "host/error.hpp"

namespace logmargin {

namespace {

std::vector<OptionSpec> joined(std::initializer_list<std::vector<OptionSpec>> groups) {
  std::vector<OptionSpec> all;
  for (const auto& group : groups) all.insert(all.end(), group.begin(), group.end());
  return all;
}

const std::vector<OptionSpec>& axis_options() {
  static const std::vector<OptionSpec> options = {
      {"init", "LAW[,..]", "he-normal",
       "law of the weights: he-normal he-uniform xavier-normal xavier-uniform lecun-normal lecun-uniform pytorch "
       "normal=S uniform=A"},
      {"bias", "LAW[,..]", "zero", "law of the biases: zero, matched (the weights' law), normal=S, uniform=A"},
      {"eta", "NUMBERS", "0.1", "step size > 0: a number, a comma list, or a range LO:HI:COUNT or LO:HI:COUNTlog"},
      {"optimizer", "NAME[,..]", "gd", "gd (gradient descent)"},
      {"loss", "NAME[,..]", "exp", "exp (exponential loss)"},
      {"dim", "NUMBERS", "1", "dimension of the data: 1"},
      {"data", "P,N[;..]", "+1,-1", "positions of the label +1 and the label -1 point; ';' separates axis values"},
  };
  return options;
}

const std::vector<OptionSpec>& run_options() {
  static const std::vector<OptionSpec> options = {
      {"trials", "COUNT", "10000", "networks per cell, plain or scientific (1e6)"},
      {"steps", "T", "1e6", "horizon: gradient steps per network, up to 1e300 where leaps are possible"},
      {"seed", "N", "0", "64-bit seed; trial i starts from the same draws in every cell"},
      {"stepping", "MODE", "auto",
       "lockstep (every step computed), leap (closed form wherever there is one) or auto (lockstep until a point has "
       "settled, at most to t = 65536, then leaps)"},
      {"record", "RULE", "log=8", "recorded t: log=K (K a decade), every=K, or a list of t; 0 and T always"},
      {"eps", "LIST", "0.1,0.01,0.001", "thresholds of t_eps, the time after which the gap stays within eps"},
      {"precision", "NAME", "double",
       "double, or mixed: pairs of floats and a float exponential, for GPUs slow in double"},
  };
  return options;
}

const std::vector<OptionSpec>& device_options() {
  static const std::vector<OptionSpec> options = {
      {"device", "NAME", "auto", "auto, cpu, cpu:ISA (scalar, avx2, avx512, neon), cuda, cuda:I or cuda:all"},
      {"threads", "COUNT", "all", "CPU threads"},
  };
  return options;
}

const std::vector<OptionSpec>& help_option() {
  static const std::vector<OptionSpec> options = {{"help", "", "", "print this and leave"}};
  return options;
}

std::string option_line(const OptionSpec& option) {
  std::string left = fmt::format("  --{}", option.name);
  if (!option.argument.empty()) left += fmt::format(" {}", option.argument);
  std::string help(option.help);
  if (!option.standard.empty()) help += fmt::format(" [{}]", option.standard);
  constexpr std::size_t indent = 26;
  constexpr std::size_t width = 80;
  std::string text = left.size() + 2 > indent ? left + "\n" + std::string(indent, ' ') : fmt::format("{:<26}", left);
  std::size_t column = indent;
  std::size_t at = 0;
  while (at < help.size()) {
    const std::size_t end = std::min(help.find(' ', at), help.size());
    const std::string word = help.substr(at, end - at);
    if (column > indent && column + 1 + word.size() > width) {
      text += "\n" + std::string(indent, ' ');
      column = indent;
    } else if (column > indent) {
      text += ' ';
      ++column;
    }
    text += word;
    column += word.size();
    at = end + 1;
  }
  return text + "\n";
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row[b.size()];
}

}  // namespace

const std::vector<CommandSpec>& command_specs() {
  static const std::vector<CommandSpec> commands = {
      {"sweep", "train every trial of every cell, print a table, write an output folder",
       joined({axis_options(),
               run_options(),
               device_options(),
               {{"out", "DIR", "", "folder to write; new or empty unless --force"},
                {"force", "", "", "write into a folder that is not empty"},
                {"trials-out", "", "", "also write trials.h5 into DIR: a row a trial (builds with HDF5)"},
                {"quiet", "", "", "print no table"},
                {"json", "", "", "print the summary on stdout instead of the table"}},
               help_option()})},
      {"replay", "follow one network and print its rows",
       joined({{{"theta", "W1,B1,W2,B2", "", "the network's initial weights; or give --trial"},
                {"trial", "I", "", "trial I of the sweep with the same options"},
                {"at", "LIST", "", "t to print; --record otherwise"},
                {"format", "NAME", "csv", "csv or json"},
                {"explain", "", "", "tell the network's story in words instead"}},
               axis_options(),
               run_options(),
               help_option()})},
      {"bench", "measure this machine's throughput and its fraction of the hardware bound",
       joined({device_options(),
               {{"trials", "COUNTS", "1e4,1e6,1e7", "GPU: networks of a launch, a comma list or a range"},
                {"steps", "COUNTS", "4096", "GPU: steps of a launch, a comma list or a range"},
                {"json", "", "", "print JSON"}},
               help_option()})},
      {"devices", "list what this build can compute on, and why a GPU is not used", help_option()},
  };
  return commands;
}

const CommandSpec& command_spec(std::string_view name) {
  std::vector<std::string_view> names;
  for (const CommandSpec& command : command_specs()) {
    if (command.name == name) return command;
    names.push_back(command.name);
  }
  const std::string_view meant = nearest_word(name, names);
  throw UsageError(fmt::format("'{}' is not a command; {}allowed are sweep, replay, bench, devices, help, --version",
                               name, meant.empty() ? "" : fmt::format("did you mean {}? ", meant)));
}

std::string overview_text() {
  std::string text =
      "logmargin: how fast gradient descent reaches the optimal margin, over crowds of two-neuron ReLU networks\n\n"
      "usage: logmargin COMMAND [options]\n\n";
  for (const CommandSpec& command : command_specs()) text += fmt::format("  {:<10}{}\n", command.name, command.summary);
  return text +
         "  help      print this; help COMMAND or COMMAND --help lists a command's options\n"
         "  --version print the version\n\n"
         "Try: logmargin sweep --trials 1000 --steps 1e5\n";
}

std::string help_text(const CommandSpec& command) {
  std::string text = fmt::format("usage: logmargin {} [options]\n\n{}\n\n", command.name, command.summary);
  for (const OptionSpec& option : command.options) text += option_line(option);
  return text;
}

namespace {

cxxopts::ParseResult parse(const CommandSpec& command, int argc, const char* const* argv) {
  cxxopts::Options options("logmargin");
  auto adder = options.add_options();
  for (const OptionSpec& option : command.options) {
    const auto value = option.argument.empty() ? std::shared_ptr<cxxopts::Value>(cxxopts::value<bool>())
                       : option.standard.empty()
                           ? std::shared_ptr<cxxopts::Value>(cxxopts::value<std::string>())
                           : cxxopts::value<std::string>()->default_value(std::string(option.standard));
    adder(std::string(option.name), std::string(option.help), value);
  }
  try {
    return options.parse(argc, argv);
  } catch (const cxxopts::exceptions::exception& error) {
    throw UsageError(fmt::format("{}; 'logmargin {} --help' lists what is allowed", error.what(), command.name));
  }
}

void require_known(const CommandSpec& command, int argc, const char* const* argv) {
  std::vector<std::string_view> names;
  for (const OptionSpec& option : command.options) names.push_back(option.name);
  for (int i = 1; i < argc; ++i) {
    const std::string_view word = argv[i];
    const std::string_view name = word.substr(std::min<std::size_t>(2, word.size()));
    const auto option = std::find_if(command.options.begin(), command.options.end(), [&](const OptionSpec& known) {
      return name.substr(0, name.find('=')) == known.name;
    });
    if (!word.starts_with("--") || option == command.options.end()) {
      const std::string_view meant = nearest_word(name.substr(0, name.find('=')), names);
      throw UsageError(fmt::format("{}: unknown option{}; 'logmargin {} --help' lists what is allowed", word,
                                   meant.empty() ? "" : fmt::format(", did you mean --{}?", meant), command.name));
    }
    const bool has_value = name.find('=') != std::string_view::npos;
    if (option->argument.empty() && has_value) {
      throw UsageError(fmt::format("{}: --{} takes no value", word, option->name));
    }
    if (!option->argument.empty() && !has_value && ++i >= argc) {
      throw UsageError(fmt::format("{}: a value is missing; allowed: --{} {}", word, option->name, option->argument));
    }
  }
}

}  // namespace

ParsedOptions::ParsedOptions(const CommandSpec& command, int argc, const char* const* argv)
    : result_((require_known(command, argc, argv), parse(command, argc, argv))) {}

std::string ParsedOptions::text(std::string_view name) const { return result_[std::string(name)].as<std::string>(); }

bool ParsedOptions::given(std::string_view name) const { return result_.count(std::string(name)) > 0; }

bool ParsedOptions::flag(std::string_view name) const { return result_[std::string(name)].as<bool>(); }

std::string_view nearest_word(std::string_view unknown, const std::vector<std::string_view>& words) {
  std::string_view nearest;
  std::size_t least = 3;
  for (const std::string_view word : words) {
    const std::size_t distance = edit_distance(unknown, word);
    if (distance < least) {
      least = distance;
      nearest = word;
    }
  }
  return nearest;
}

}  // namespace logmargin
