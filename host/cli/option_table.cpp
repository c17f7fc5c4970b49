#include "host/cli/option_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "host/cli/wrapped_lines.hpp"
#include "host/error.hpp"
#include "host/plan/nearest_word.hpp"
#include "host/plan/vocabulary.hpp"

namespace logmargin {

namespace {

std::vector<OptionSpec> joined(std::initializer_list<std::vector<OptionSpec>> groups) {
  std::vector<OptionSpec> all;
  for (const auto& group : groups) all.insert(all.end(), group.begin(), group.end());
  return all;
}

constexpr std::string_view init_words =
    "he-normal he-uniform xavier-normal xavier-uniform lecun-normal lecun-uniform pytorch normal= uniform=";
constexpr std::string_view bias_words = "zero matched normal= uniform=";
constexpr std::string_view record_words = "log= every=";
constexpr std::string_view device_words = "auto cpu cpu:scalar cpu:avx2 cpu:avx512 cpu:neon cuda cuda:all reference";
constexpr std::string_view measured_words = "auto cpu cpu:scalar cpu:avx2 cpu:avx512 cpu:neon cuda";
const OptionSpec threads_option = {"threads", "COUNT", "all", "CPU threads", '\0', "all"};

/// OptimizerTexts holds help and words of --optimizer, from the registry.
struct OptimizerTexts {
  std::string help, words;
};

const OptimizerTexts& optimizer_texts() {
  static const OptimizerTexts texts = [] {
    OptimizerTexts made;
    for (const OptimizerFacts& facts : Optimizers::facts) {
      const std::string parameter = facts.parameter.empty() ? "" : fmt::format("={}", facts.parameter);
      made.help += fmt::format("{}{}{} ({})", made.help.empty() ? "" : ", ", facts.name, parameter, facts.summary);
    }
    made.words = fmt::format("{}", fmt::join(optimizer_words(), " "));
    return made;
  }();
  return texts;
}

const std::vector<OptionSpec>& axis_options() {
  static const std::vector<OptionSpec> options = {
      {"init", "LAW[,..]", "he-normal",
       "law of the weights, with fan_in = D and fan_out = 2: he-normal he-uniform (variance 2/fan_in), xavier-normal "
       "xavier-uniform (2/(fan_in + fan_out)), lecun-normal lecun-uniform (1/fan_in), pytorch (uniform within "
       "1/sqrt(fan_in); PyTorch's biases too with --bias matched), normal=S (standard deviation S), uniform=A (within "
       "A). No normal law is truncated",
       ',', init_words},
      {"bias", "LAW[,..]", "zero",
       "law of the biases: zero, matched (the weights' law; PyTorch's default for --init pytorch), normal=S, uniform=A",
       ',', bias_words},
      {"eta", "NUMBERS", "0.1", "step size > 0: a number, a comma list, or a range LO:HI:COUNT or LO:HI:COUNTlog", ','},
      {"optimizer", "NAME[,..]", "gd", optimizer_texts().help, ',', optimizer_texts().words},
      {"loss", "NAME[,..]", "exp", "exp (exponential loss) or logistic", ',', "exp logistic"},
      {"dim", "NUMBERS", "1",
       "dimension D of data and weights, up to 1e6; by default the length of --data's vectors. Points beside the line "
       "are zeros there. Of uniform laws, beyond 1024 coordinates, the rest of the weights by the limit law of its "
       "sums "
       "(distribution functions within 1e-5)",
       ',', "1 10"},
      {"data", "P,N[;..]", "+1,-1",
       "positions of the label +1 and the label -1 point on the first axis, or vectors (P1,P2,..),(N1,N2,..), up to "
       "1e150 in size and at least 1e-150 apart; ';' separates axis values",
       ';', "+1,-1"},
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
       "settled, at most to t = 65536, then leaps)",
       '\0', "auto lockstep leap"},
      {"record", "RULE", "log=8", "recorded t: log=K (K a decade), every=K, or a list of t; 0 and T always", ',',
       record_words},
      {"eps", "LIST", "0.1,0.01,0.001",
       "thresholds of t_eps, the time after which the gap stays within eps: numbers, or percentages of gamma*, the "
       "largest "
       "margin (1%)",
       ','},
      {"precision", "NAME", "double",
       "double, or mixed: pairs of floats and a float exponential, for GPUs slow in double", '\0', "double mixed"},
  };
  return options;
}

const std::vector<OptionSpec>& device_options() {
  static const std::vector<OptionSpec> options = {
      {"device", "NAME", "auto",
       "auto, cpu, cpu:ISA (scalar, avx2, avx512, neon), cuda, cuda:I, cuda:all, or reference (one network at a time, "
       "slow: what the others are tested against)",
       '\0', device_words},
      threads_option,
  };
  return options;
}

const std::vector<OptionSpec>& long_run_options() {
  static const std::vector<OptionSpec> options = {
      {"checkpoint-every", "TIME", "",
       "save what is done so often, in the folder 'checkpoint' of --out; also when stopped by a signal. TIME: seconds, "
       "or 90m, 1h30m, or Slurm's M:S, H:M:S, D-H, D-H:M, D-H:M:S"},
      {"resume", "", "", "continue from the checkpoint in --out, or begin where there is none"},
      {"max-time", "TIME", "", "stop before TIME is over, with a checkpoint and exit status 75"},
      {"shard", "I/N", "0/1",
       "compute the Ith of N parts of the trials (0 <= I < N) for 'logmargin merge'; auto: this task's part under "
       "Slurm"},
  };
  return options;
}

const std::vector<OptionSpec>& config_option() {
  static const std::vector<OptionSpec> options = {
      {"config", "FILE", "",
       "options by their names: TOML, a summary.json, or its config object; the command line wins"}};
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
  const std::string next_line = "\n" + std::string(indent, ' ');
  std::string text = left.size() + 2 > indent ? left + next_line : fmt::format("{:<{}}", left, indent);
  text += fmt::format("{}", fmt::join(wrapped_lines(help, width - indent), next_line));
  return text + "\n";
}

}  // namespace

const std::vector<CommandSpec>& command_specs() {
  static const std::vector<CommandSpec> commands = {
      {"sweep", "train every trial of every cell, print a table, write an output folder",
       joined({{{"theta", "FILE", "",
                 "the trials' initial weights, instead of --init and --bias: CSV (columns w1,b1,w2,b2 or "
                 "w1_1,..,w1_D,b1,w2_1,..,w2_D,b2), NumPy's .npy (n x 2 (D + 1), float64 or float32), or FILE:/PATH, a "
                 "dataset of an HDF5 file. Row i is trial i; --trials is the number of rows"}},
               axis_options(),
               run_options(),
               {{"statistics", "LIST", "all",
                 "what is tallied at each recorded t: all, or a comma list of margin, gap, loss, exponent, pattern",
                 ',', "all margin gap loss exponent pattern"}},
               device_options(),
               {{"out", "DIR", "", "folder to write; new or empty unless --force"},
                {"force", "", "", "write into a folder that is not empty"},
                {"trials-out", "", "", "also write trials.h5 into DIR: a row a trial (builds with HDF5)"},
                {"trajectories", "[COLUMNS]", "all",
                 "also write trajectories.h5 into DIR: every trial at every recorded t; all, or a comma list of gap, "
                 "margin, z, pattern, log10_loss, classified",
                 ',', "all gap margin z pattern log10_loss classified"},
                {"quiet", "", "", "print no table, show no progress"},
                {"verbose", "", "", "also say why --device auto takes no GPU"},
                {"json", "", "", "print the summary on stdout instead of the table"}},
               long_run_options(),
               config_option(),
               help_option()})},
      {"merge", "add up the files of all shards into the folder of the whole run",
       joined({{{"force", "", "", "write into a folder that is not empty"},
                {"quiet", "", "", "print no table, show no progress"},
                {"json", "", "", "print the summary on stdout instead of the table"}},
               help_option()}),
       "OUT IN..."},
      {"replay", "follow one network and print its rows",
       joined(
           {{{"theta", "W1,B1,W2,B2", "",
              "the network's initial weights, with --dim D 2 (D + 1) numbers, D for each of W1 and W2, and D up to "
              "10000; or give --trial; or the sweep's FILE, of which all rows are followed, or those of --trial",
              ','},
             {"trial", "I[,..]", "",
              "trial I of the sweep with the same options, a comma list, or a range I-J; of several the rows begin "
              "with "
              "a column trial, and JSON is {\"networks\":[..]}",
              ','},
             {"at", "LIST", "",
              "t to print: log=K, every=K, or a list, of whole t or, with flow, of any; --record otherwise. The "
              "network is "
              "judged at the last of them",
              ',', record_words},
             {"format", "NAME", "csv",
              "csv or json; with --dim D > 1, w1 and w2 are the weights along the line through the points, b1 and b2 "
              "the neurons' values at its foot from the origin",
              '\0', "csv json"},
             {"explain", "", "", "tell the network's story in words instead"}},
            axis_options(),
            run_options(),
            config_option(),
            help_option()})},
      {"bench", "measure this machine's throughput beside its bounds",
       joined({{{"device", "NAME", "auto", "auto, cpu, cpu:ISA (scalar, avx2, avx512, neon), cuda or cuda:I", '\0',
                 measured_words},
                threads_option,
                {"trials", "COUNTS", "1e4,1e6,1e7", "GPU: networks of a launch, a comma list or a range", ','},
                {"steps", "COUNTS", "4096", "GPU: steps of a launch, a comma list or a range", ','},
                {"json", "", "", "print JSON"}},
               help_option()})},
      {"report", "draw a sweep's folder again: report.html and figures/, for any browser",
       joined({{{"pdf", "", "", "write figures/*.pdf too"}}, help_option()}), "DIR"},
      {"compare", "compare two sweeps' folders: options, shares, quantiles and times",
       joined({{{"json", "", "", "print JSON"}}, help_option()}), "A B"},
      {"devices", "list what this build can compute on, and why a GPU is not used", help_option()},
  };
  return commands;
}

const CommandSpec& command_spec(std::string_view name) {
  std::vector<std::string_view> words;
  for (const CommandSpec& command : command_specs()) {
    if (command.name == name) return command;
    words.push_back(command.name);
  }
  words.insert(words.end(), {"help", "--version"});
  throw UsageError(
      fmt::format("'{}' is not a command{}; allowed are {}", name, did_you_mean(name, words), fmt::join(words, ", ")));
}

std::string overview_text() {
  std::string text = fmt::format("logmargin: {}\n\nusage: logmargin COMMAND [options]\n\n", program_summary);
  for (const CommandSpec& command : command_specs()) text += fmt::format("  {:<10}{}\n", command.name, command.summary);
  return text +
         "  help      print this; help COMMAND or COMMAND --help lists a command's options\n"
         "  --version print the version\n\n"
         "Try: logmargin sweep --trials 1000 --steps 1e5\n";
}

std::string help_text(const CommandSpec& command) {
  std::string text = fmt::format("usage: logmargin {}{}{} [options]\n\n{}\n\n", command.name,
                                 command.operands.empty() ? "" : " ", command.operands, command.summary);
  for (const OptionSpec& option : command.options) text += option_line(option);
  return text;
}

}  // namespace logmargin
