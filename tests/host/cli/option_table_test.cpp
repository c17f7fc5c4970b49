#include "host/cli/option_table.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "host/error.hpp"
#include "host/plan/number.hpp"
#include "tests/host/results/scratch_folder.hpp"
#include "tests/program/program.hpp"

namespace logmargin::option_table_test {
namespace {

using testing::lines_of;

TEST(HelpText, ListsEachOptionOnce) {
  for (const CommandSpec& command : command_specs()) {
    const std::vector<std::string> lines = lines_of(help_text(command));
    for (const OptionSpec& option : command.options) {
      const std::string start = "  --" + std::string(option.name);
      const auto lists_it = [&](const std::string& line) { return line == start || line.starts_with(start + " "); };
      EXPECT_EQ(std::count_if(lines.begin(), lines.end(), lists_it), 1) << command.name << start;
    }
  }
}

TEST(HelpText, FitsEightyColumns) {
  for (const CommandSpec& command : command_specs()) {
    for (const std::string& line : lines_of(help_text(command))) EXPECT_LE(line.size(), 80U) << line;
  }
}

TEST(HelpText, StatesDefaultsAndUsage) {
  const std::string text = help_text(command_spec("sweep"));
  EXPECT_TRUE(text.starts_with("usage: logmargin sweep [options]\n"));
  for (const OptionSpec& option : command_spec("sweep").options) {
    if (option.standard.empty()) continue;
    EXPECT_NE(text.find("[" + std::string(option.standard) + "]"), std::string::npos) << option.name;
  }
}

TEST(OverviewText, NamesEveryCommand) {
  for (const CommandSpec& command : command_specs()) {
    EXPECT_NE(overview_text().find("\n  " + std::string(command.name) + " "), std::string::npos) << command.name;
  }
}

TEST(CommandSpecs, SayWhatEachOptionIsFor) {
  for (const CommandSpec& command : command_specs()) {
    EXPECT_FALSE(command.summary.empty());
    for (const OptionSpec& option : command.options) {
      EXPECT_FALSE(option.help.empty()) << option.name;
      EXPECT_TRUE(!option.argument.empty() || option.standard.empty()) << "a flag has no default: " << option.name;
    }
  }
  EXPECT_THROW(command_spec("sweeep"), UsageError);
}

TEST(CommandSpecs, ListsSayWhatSeparatesThem) {
  // Otherwise a configuration refuses an array there.
  for (const CommandSpec& command : command_specs()) {
    for (const OptionSpec& option : command.options) {
      const std::string argument(option.argument);
      const bool list = argument.find("..") != std::string::npos || argument.ends_with('S') ||
                        argument.ends_with("S]") || argument == "LIST" || argument == "RULE" ||
                        argument.find(',') != std::string::npos;
      EXPECT_EQ(option.separator != '\0', list) << command.name << " --" << option.name << " " << argument;
    }
  }
}

TEST(CommandSpecs, HelpNamesTheWordsThatShellsOffer) {
  for (const CommandSpec& command : command_specs()) {
    for (const OptionSpec& option : command.options) {
      const std::string shown = std::string(option.help) + " [" + std::string(option.standard) + "]";
      for (const std::string& word : split(option.words, ' ')) {
        const std::string core = word.substr(word.find(':') == std::string::npos ? 0 : word.find(':') + 1);
        EXPECT_NE(shown.find(core), std::string::npos) << command.name << " --" << option.name << ": " << word;
      }
    }
  }
}

/// A short run of a command with one option; "" for a command that is not tried.
testing::Arguments short_run(const CommandSpec& command) {
  if (command.name == "sweep") return {"sweep", "--trials", "1", "--steps", "1", "--quiet"};
  if (command.name == "replay") return {"replay", "--trial", "0", "--steps", "1"};
  return {};
}

TEST(CommandSpecs, TheProgramTakesTheWordsThatShellsOffer) {
  for (const CommandSpec& command : command_specs()) {
    if (short_run(command).empty()) continue;
    for (const OptionSpec& option : command.options) {
      if (option.words.empty()) continue;
      for (const std::string& word : split(option.words, ' ')) {
        testing::Arguments arguments = short_run(command);
        // A momentum is below 1, the others are whole.
        const std::string parameter = !word.ends_with('=') ? "" : option.name == "optimizer" ? "0.5" : "1";
        arguments.insert(arguments.end(), {"--" + std::string(option.name), word + parameter});
        // Files of trials need a folder.
        const testing::ScratchFolder scratch;
        if (option.name == "trajectories") {
          arguments.insert(arguments.end(), {"--out", (scratch / "out").string()});
        }
        const testing::Finished finished = testing::run_logmargin(arguments);
        // 4: not on this machine.
        EXPECT_TRUE(finished.exit_status == 0 || finished.exit_status == 4) << word << ": " << finished.err;
      }
    }
  }
}

}  // namespace
}  // namespace logmargin::option_table_test
