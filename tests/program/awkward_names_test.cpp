#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <csignal>
#include <thread>

#include "tests/program/folder_bytes.hpp"

namespace logmargin::testing::awkward_names_test {
namespace {

/// What a shell, HTML, CSV, JSON, gnuplot or a terminal could take for its own.
const std::vector<std::string> awkward_names = {"with space",
                                                "it's \"quoted\"",
                                                "$(touch planted);`touch planted`",
                                                "<script>alert(1)<script>&amp;",
                                                "Äß→\xE2\x88\x9E",
                                                "back\\slash",
                                                "line\nbreak",
                                                "not utf-8 \xFF\xFE",
                                                "-n",
                                                "%s%n{}{0}"};

class AwkwardNames : public ::testing::TestWithParam<std::string> {
 protected:
  AwkwardNames() { surroundings_.working_folder = scratch_.path(); }
  Finished run(const Arguments& arguments) const {
    return RunningProgram(logmargin_words(arguments), surroundings_).wait();
  }

  ScratchFolder scratch_;
  Surroundings surroundings_;
};

TEST_P(AwkwardNames, AreFoldersLikeAnyOther) {
  const std::string name = "./" + GetParam();
  const Arguments options = {"sweep", "--quiet", "--trials", "60", "--steps", "100", "--eta", "0.1,0.2"};
  Arguments sweep = options;
  sweep.insert(sweep.end(), {"--out", name + "/results"});
  const Finished finished = run(sweep);
  ASSERT_EQ(finished.exit_status, 0) << finished.err;
  EXPECT_EQ(names_in(scratch_.path()), std::vector<std::string>{GetParam()});
  const std::string report = contents(scratch_ / GetParam() / "results/report.html");
  EXPECT_EQ(report.find("<script>alert"), std::string::npos);
  EXPECT_EQ(report.find("&amp;\"<"), std::string::npos);

  const Finished redrawn = run({"report", name + "/results"});
  EXPECT_EQ(redrawn.exit_status, 0) << redrawn.err;
  const Finished again =
      run({"sweep", "--config", name + "/results/summary.json", "--out", name + "/again", "--quiet"});
  EXPECT_EQ(again.exit_status, 0) << again.err;
  EXPECT_EQ(contents(scratch_ / GetParam() / "again/cells.csv"), contents(scratch_ / GetParam() / "results/cells.csv"));
  EXPECT_EQ(names_in(scratch_.path()), std::vector<std::string>{GetParam()}) << "something else was made";
}

TEST_P(AwkwardNames, AreRefusedInOneLine) {
  for (const char* option : {"--init", "--data", "--config", "--device", "--record"}) {
    const Finished finished = run({"sweep", option, GetParam()});
    EXPECT_EQ(finished.exit_status, 2 + (std::string_view(option) == "--config" ? 1 : 0)) << option << finished.err;
    EXPECT_EQ(lines_of(finished.err).size(), 1U) << finished.err;
    EXPECT_TRUE(names_in(scratch_.path()).empty());
  }
}

INSTANTIATE_TEST_SUITE_P(Each, AwkwardNames, ::testing::ValuesIn(awkward_names),
                         [](const auto& instance) { return "Number" + std::to_string(instance.index); });

TEST(Umask, HoldsForEveryFile) {
  const ScratchFolder scratch;
  Surroundings surroundings;
  surroundings.working_folder = scratch.path();
  const mode_t before = ::umask(0027);
  const Finished finished =
      RunningProgram(logmargin_words({"sweep", "--quiet", "--trials", "60", "--steps", "100", "--out", "a/b"}),
                     surroundings)
          .wait();
  ::umask(before);
  ASSERT_EQ(finished.exit_status, 0) << finished.err;
  int files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(scratch.path())) {
    struct stat status = {};
    ASSERT_EQ(::stat(entry.path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, entry.is_directory() ? 0750U : 0640U) << entry.path();
    ++files;
  }
  EXPECT_GT(files, 5);
}

/// A gnuplot that never ends, found on PATH.
TEST(Drawing, EndsWithTheSignalAndLeavesTheResults) {
  const ScratchFolder scratch;
  write_text(scratch / "gnuplot", "#!/bin/sh\necho $$ > ../named; mv ../named ../drawing; while :; do :; done\n");
  std::filesystem::permissions(scratch / "gnuplot", std::filesystem::perms::owner_all);
  Surroundings surroundings;
  surroundings.working_folder = scratch.path();
  Arguments words = logmargin_words({"sweep", "--quiet", "--trials", "60", "--steps", "100", "--out", "out"});
  words.insert(words.begin(), {"/usr/bin/env", "PATH=" + scratch.path().string() + ":/usr/bin:/bin"});
  RunningProgram program(words, surroundings);
  for (int i = 0; i < 60'000 && !std::filesystem::exists(scratch / "out/drawing"); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  ASSERT_TRUE(std::filesystem::exists(scratch / "out/drawing"));
  const pid_t gnuplot = std::stoi(contents(scratch / "out/drawing"));
  program.send(SIGTERM);
  const Finished finished = program.wait(20.0);
  EXPECT_EQ(finished.exit_status, 128 + SIGTERM);
  EXPECT_NE(finished.err.find("the results are whole"), std::string::npos) << finished.err;
  EXPECT_NE(::kill(gnuplot, 0), 0) << "gnuplot goes on";
  std::filesystem::remove(scratch / "out/drawing");
  EXPECT_EQ(names_in(scratch / "out"),
            (std::vector<std::string>{"cells.csv", "histograms.csv", "summary.json", "trajectory.csv"}));
}

}  // namespace
}  // namespace logmargin::testing::awkward_names_test
