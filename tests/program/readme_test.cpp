#include <gtest/gtest.h>

#include "tests/host/results/scratch_folder.hpp"
#include "tests/program/program.hpp"

namespace logmargin::testing::readme_test {
namespace {

/// Commands of the README's sh blocks that run the program here and now, each with its continuation lines.
std::vector<std::string> commands_of(const std::string& readme) {
  std::vector<std::string> commands;
  bool in_block = false;
  std::string command;
  for (const std::string& line : lines_of(readme)) {
    if (line.starts_with("```")) {
      in_block = !in_block && line == "```sh";
      continue;
    }
    if (!in_block) continue;
    if (line.ends_with('\\')) {
      command += line.substr(0, line.size() - 1);
      continue;
    }
    command += line;
    const bool lacks_hdf5 = !LOGMARGIN_LISTS_TRIALS && (command.find("--trials-out") != std::string::npos ||
                                                        command.find("--trajectories") != std::string::npos ||
                                                        command.find("logmargin compare") != std::string::npos);
    const bool elsewhere = lacks_hdf5 || command.find("cmake --install") != std::string::npos ||
                           command.find("mpirun") != std::string::npos ||
                           command.find("--device cuda") != std::string::npos;
    if (!elsewhere && (command.starts_with("./build/logmargin") || command.starts_with("logmargin ") ||
                       command.starts_with("printf "))) {
      commands.push_back(command);
    }
    command.clear();
  }
  return commands;
}

/// The toml blocks that begin with "# NAME" go to files of that name, as a reader would put them there.
void write_files(const std::string& readme, const ScratchFolder& folder) {
  const std::string opening = "```toml\n# ";
  for (std::size_t at = readme.find(opening); at != std::string::npos; at = readme.find(opening, at + 1)) {
    const std::size_t name = at + opening.size();
    const std::size_t text = readme.find('\n', name) + 1;
    write_text(folder / readme.substr(name, text - 1 - name), readme.substr(text, readme.find("```", text) - text));
  }
}

TEST(Readme, FilesAreFound) {
  const ScratchFolder scratch;
  write_files("a\n```toml\n# x.toml\neta = 1\n```\n```toml\neta = 2\n```\n```toml\n# y.toml\n```\n", scratch);
  EXPECT_EQ(names_in(scratch.path()), (std::vector<std::string>{"x.toml", "y.toml"}));
  EXPECT_EQ(contents(scratch / "x.toml"), "eta = 1\n");
  EXPECT_EQ(contents(scratch / "y.toml"), "");
}

TEST(Readme, CommandsAreFound) {
  EXPECT_EQ(commands_of("text\n```sh\ncmake -B build\n./build/logmargin a\nlogmargin b \\\n  c\nmpirun logmargin d\n"
                        "logmargin sweep --device cuda\n```\n./build/logmargin no\n```\n./build/logmargin no\n```\n"),
            (std::vector<std::string>{"./build/logmargin a", "logmargin b   c"}));
}

/// install.consumer builds them and compares what they print.
TEST(Readme, ShowsTheTestedPrograms) {
  const std::string readme = contents(LOGMARGIN_README);
  const std::filesystem::path examples = LOGMARGIN_EXAMPLES;
  for (const char* program : {"train_ten.cpp", "two_step_sizes.cpp"}) {
    EXPECT_NE(readme.find("```cpp\n" + contents(examples / program) + "```\n"), std::string::npos) << program;
  }
  EXPECT_NE(readme.find("```text\n" + contents(examples / "two_step_sizes.txt") + "```\n"), std::string::npos);
}

/// In the README's order and in one folder, as a reader would.
TEST(Readme, CommandsWork) {
  const std::vector<std::string> commands = commands_of(contents(LOGMARGIN_README));
  ASSERT_FALSE(commands.empty());
  const ScratchFolder scratch;
  write_files(contents(LOGMARGIN_README), scratch);
  std::filesystem::create_directory(scratch / "build");
  std::filesystem::create_symlink(LOGMARGIN_PROGRAM, scratch / "build/logmargin");
  Surroundings surroundings;
  surroundings.working_folder = scratch.path();
  for (const std::string& command : commands) {
    const Finished finished =
        RunningProgram({"/bin/sh", "-c", "PATH=$PWD/build:$PATH; " + command}, surroundings).wait();
    EXPECT_EQ(finished.exit_status, 0) << command << "\n" << finished.err;
  }
}

}  // namespace
}  // namespace logmargin::testing::readme_test
