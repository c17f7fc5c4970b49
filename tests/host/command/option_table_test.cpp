#include "host/command/option_table.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "host/error.hpp"
#include "tests/host/command/program.hpp"

namespace logmargin {
namespace {

using testing::lines_of;

TEST(NearestWord, ForgivesTwoEdits) {
  const std::vector<std::string_view> words = {"steps", "trials", "eta", "threads"};
  EXPECT_EQ(nearest_word("step", words), "steps");
  EXPECT_EQ(nearest_word("trails", words), "trials");
  EXPECT_EQ(nearest_word("thread", words), "threads");
  EXPECT_EQ(nearest_word("etaa", words), "eta");
  EXPECT_EQ(nearest_word("beta", words), "eta");
  EXPECT_EQ(nearest_word("steps", words), "steps");
}

TEST(NearestWord, GivesNothingFartherAway) {
  const std::vector<std::string_view> words = {"steps", "trials", "threads"};
  EXPECT_EQ(nearest_word("temperature", words), "");
  EXPECT_EQ(nearest_word("stxyz", words), "");
  EXPECT_EQ(nearest_word("", words), "");
  EXPECT_EQ(nearest_word("steps", {}), "");
}

TEST(NearestWord, PrefersTheNearer) {
  EXPECT_EQ(nearest_word("seedy", {"speed", "seeds"}), "seeds");
  EXPECT_EQ(nearest_word("seedy", {"seeds", "speed"}), "seeds");
}

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

TEST(ParsedOptions, ReadsValuesFlagsAndDefaults) {
  const std::vector<const char*> words = {"sweep", "--eta=0.5", "--data", "-1,+1", "--quiet"};
  const ParsedOptions options(command_spec("sweep"), static_cast<int>(words.size()), words.data());
  EXPECT_EQ(options.text("eta"), "0.5");
  EXPECT_EQ(options.text("data"), "-1,+1") << "a value may begin with a dash";
  EXPECT_EQ(options.text("steps"), "1e6");
  EXPECT_TRUE(options.given("eta"));
  EXPECT_FALSE(options.given("steps"));
  EXPECT_FALSE(options.given("out"));
  EXPECT_TRUE(options.flag("quiet"));
  EXPECT_FALSE(options.flag("json"));
}

}  // namespace
}  // namespace logmargin
