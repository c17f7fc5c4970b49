#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "host/cli/option_table.hpp"
#include "host/cli/pages/bash_completion.hpp"
#include "host/cli/pages/man_page.hpp"
#include "host/cli/pages/zsh_completion.hpp"
#include "host/plan/number.hpp"
#include "tests/host/results/scratch_folder.hpp"
#include "tests/program/program.hpp"

namespace logmargin::testing::pages_test {
namespace {

/// Empty where the machine does not have it.
std::string program_path(const std::string& name) {
  for (const std::string folder : {"/usr/bin/", "/bin/", "/usr/local/bin/"}) {
    if (::access((folder + name).c_str(), X_OK) == 0) return folder + name;
  }
  return {};
}

std::set<std::string> option_names(const CommandSpec& command) {
  std::set<std::string> names;
  for (const OptionSpec& option : command.options) names.insert("--" + std::string(option.name));
  return names;
}

std::set<std::string> words_of(const OptionSpec& option) {
  const std::vector<std::string> words = split(option.words, ' ');
  return {words.begin(), words.end()};
}

bool has_words(const OptionSpec& option) { return !option.words.empty(); }

TEST(ManPage, HasEachOptionOfEachCommandOnce) {
  const std::string page = man_page("1.2.3", "2026-01-02");
  for (const CommandSpec& command : command_specs()) {
    const std::size_t begin = page.find(
        fmt::format(".SS logmargin {}{}{}\n", command.name, command.operands.empty() ? "" : " ", command.operands));
    ASSERT_NE(begin, std::string::npos) << command.name;
    const std::string section = page.substr(begin, page.find("\n.S", begin + 1) - begin);
    std::size_t entries = 0;
    for (std::size_t at = section.find(".TP\n"); at != std::string::npos; at = section.find(".TP\n", at + 1)) ++entries;
    EXPECT_EQ(entries, command.options.size()) << command.name;
    for (const OptionSpec& option : command.options) {
      std::string heading = ".TP\n\\fB\\-\\-";
      for (const char c : option.name) heading += c == '-' ? std::string("\\-") : std::string(1, c);
      heading += "\\fR";
      if (!option.argument.empty()) heading += " \\fI" + std::string(option.argument) + "\\fR";
      EXPECT_NE(section.find(heading + "\n" + std::string(option.help.substr(0, 2))), std::string::npos) << heading;
    }
  }
}

TEST(ManPage, StatesVersionAndDate) {
  EXPECT_TRUE(man_page("1.2.3", "2026-01-02").starts_with(".TH LOGMARGIN 1 \"2026-01-02\" \"logmargin 1.2.3\""));
}

/// Neither a word on stdout nor on stderr.
void expect_silence(const Arguments& words) {
  const Finished finished = RunningProgram(words).wait();
  EXPECT_EQ(finished.exit_status, 0);
  EXPECT_EQ(finished.out + finished.err, "");
}

TEST(ManPage, IsCleanToGroff) {
  if (program_path("groff").empty()) GTEST_SKIP() << "there is no groff";
  const ScratchFolder scratch;
  write_text(scratch / "logmargin.1", man_page("1.2.3", "2026-01-02"));
  expect_silence({program_path("groff"), "-man", "-ww", "-z", scratch / "logmargin.1"});
}

TEST(ManPage, IsCleanToMandoc) {
  if (program_path("mandoc").empty()) GTEST_SKIP() << "there is no mandoc";
  const ScratchFolder scratch;
  write_text(scratch / "logmargin.1", man_page("1.2.3", "2026-01-02"));
  expect_silence({program_path("mandoc"), "-T", "lint", scratch / "logmargin.1"});
}

TEST(Pages, AreWhatTheBuildWrote) {
  const std::string folder = LOGMARGIN_PAGES;
  EXPECT_EQ(contents(folder + "/logmargin.bash"), bash_completion());
  EXPECT_EQ(contents(folder + "/_logmargin"), zsh_completion());
  const std::string page = contents(folder + "/logmargin.1");
  const std::string same = man_page("1.2.3", "2026-01-02");
  EXPECT_EQ(page.substr(page.find('\n')), same.substr(same.find('\n'))) << "but for version and date";
}

/// What a shell makes of a line with the cursor at its end.
class Shell : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    if (program_path(GetParam()).empty()) GTEST_SKIP() << "there is no " << GetParam();
    write_text(scratch_ / "file.toml", "");
    std::filesystem::create_directories(scratch_ / "folder/inner");
  }

  /// The words that it could put in place of the line's last.
  std::set<std::string> offers(const std::string& line) {
    const bool bash = GetParam() == "bash";
    const std::string pages = LOGMARGIN_PAGES;
    const Arguments words =
        bash ? Arguments{program_path("bash"), "--norc", LOGMARGIN_SHELLS "/complete_in_bash.bash",
                         pages + "/logmargin.bash", line}
             : Arguments{program_path("zsh"), "-f", LOGMARGIN_SHELLS "/complete_in_zsh.zsh", pages, line};
    Surroundings surroundings;
    surroundings.working_folder = scratch_.path();
    const Finished finished = RunningProgram(words, surroundings).wait();
    EXPECT_EQ(finished.err, "") << line;
    std::set<std::string> offered;
    for (std::string offer : lines_of(finished.out)) {
      // bash gives whole lines, so that what it keeps of the word counts; zsh the words it puts in.
      if (bash) {
        EXPECT_TRUE(offer.starts_with(line)) << offer;
        offer = offer.substr(line.find_last_of(' ') + 1);
        const std::size_t value = offer.find('=');
        if (offer.starts_with("--") && value != std::string::npos) offer = offer.substr(value + 1);
        offer = offer.substr(offer.find_last_of(',') + 1);
      }
      if (!offer.empty() && offer != " ") offered.insert(offer);
    }
    return offered;
  }

  ScratchFolder scratch_;
};

TEST_P(Shell, OffersTheCommands) {
  std::set<std::string> commands;
  for (const CommandSpec& command : command_specs()) commands.insert(std::string(command.name));
  EXPECT_EQ(offers("logmargin help "), commands);
  EXPECT_TRUE(offers("logmargin help sweep ").empty());
  commands.insert({"help", "--help", "--version"});
  EXPECT_EQ(offers("logmargin "), commands);
  EXPECT_EQ(offers("logmargin sw"), std::set<std::string>{"sweep"});
}

TEST_P(Shell, OffersTheOptionsOfEachCommand) {
  for (const CommandSpec& command : command_specs()) {
    EXPECT_EQ(offers("logmargin " + std::string(command.name) + " --"), option_names(command)) << command.name;
  }
  EXPECT_EQ(offers("logmargin sweep --quiet --fo"), std::set<std::string>{"--force"}) << "after a flag";
}

TEST_P(Shell, OffersTheWordsOfEachOption) {
  for (const CommandSpec& command : command_specs()) {
    for (const OptionSpec& option : command.options) {
      if (!has_words(option) || option.separator == ';') continue;
      const std::string start = "logmargin " + std::string(command.name) + " --" + std::string(option.name);
      EXPECT_EQ(offers(start + " "), words_of(option)) << start;
    }
  }
}

TEST_P(Shell, CompletesWithinAWord) {
  EXPECT_EQ(offers("logmargin sweep --init=he"), (std::set<std::string>{"he-normal", "he-uniform"}));
  EXPECT_EQ(offers("logmargin sweep --init he-normal,x"), (std::set<std::string>{"xavier-normal", "xavier-uniform"}));
  EXPECT_EQ(offers("logmargin sweep --init=pytorch,he-normal,l"),
            (std::set<std::string>{"lecun-normal", "lecun-uniform"}));
  EXPECT_EQ(offers("logmargin sweep --device cpu:a"), (std::set<std::string>{"cpu:avx2", "cpu:avx512"}));
  EXPECT_EQ(offers("logmargin sweep --device=cuda:"), (std::set<std::string>{"cuda:all"}));
  EXPECT_EQ(offers("logmargin bench --trials "), std::set<std::string>{});
}

TEST_P(Shell, CompletesFilesAndFolders) {
  EXPECT_EQ(offers("logmargin sweep --config fi"), std::set<std::string>{"file.toml"});
  EXPECT_EQ(offers("logmargin replay --config=fi"), std::set<std::string>{"file.toml"});
  EXPECT_EQ(offers("logmargin sweep --out f"), std::set<std::string>{"folder"});
  EXPECT_EQ(offers("logmargin report f"), std::set<std::string>{"folder"});
  EXPECT_EQ(offers("logmargin compare folder f"), std::set<std::string>{"folder"});
}

INSTANTIATE_TEST_SUITE_P(Both, Shell, ::testing::Values("bash", "zsh"),
                         [](const auto& instance) { return instance.param; });

}  // namespace
}  // namespace logmargin::testing::pages_test
