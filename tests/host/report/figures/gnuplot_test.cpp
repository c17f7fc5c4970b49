#include "host/report/figures/gnuplot.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <csignal>
#include <thread>

#include "host/error.hpp"
#include "tests/host/results/scratch_folder.hpp"

namespace logmargin::testing::gnuplot_test {
namespace {

namespace files = std::filesystem;

/// PATH, put back at the end.
class PathOfPrograms {
 public:
  explicit PathOfPrograms(const files::path& path) : before_(::getenv("PATH")) { ::setenv("PATH", path.c_str(), 1); }
  ~PathOfPrograms() { ::setenv("PATH", before_.c_str(), 1); }
  PathOfPrograms(const PathOfPrograms&) = delete;
  PathOfPrograms& operator=(const PathOfPrograms&) = delete;

 private:
  std::string before_;
};

const std::atomic<int> not_stopped{0};

void write_program(const files::path& path, const std::string& text) {
  write_text(path, text);
  files::permissions(path, files::perms::owner_all);
}

TEST(RunGnuplot, SaysThatItIsNotInstalled) {
  const ScratchFolder scratch;
  const PathOfPrograms path(scratch.path());
  const ToolRun run = run_gnuplot(scratch.path(), {}, 10.0, not_stopped);
  EXPECT_FALSE(run.ended_well);
  EXPECT_NE(run.trouble.find("not installed"), std::string::npos) << run.trouble;
}

TEST(RunGnuplot, SaysThatItFailed) {
  const ScratchFolder scratch;
  write_program(scratch / "gnuplot", "#!/bin/sh\nexit 7\n");
  const PathOfPrograms path(scratch.path());
  EXPECT_EQ(run_gnuplot(scratch.path(), {}, 10.0, not_stopped).trouble, "gnuplot failed with status 7");
}

TEST(RunGnuplot, PassesOnWhatItComplainsAbout) {
  const ScratchFolder scratch;
  const PathOfPrograms path(scratch.path());
  const auto trouble = [&](const std::string& message) {
    write_text(scratch / "message", message);
    write_program(scratch / "gnuplot",
                  "#!/bin/sh\nwhile read -r line; do echo \"$line\" >&2; done < message\nexit 1\n");
    return run_gnuplot(scratch.path(), {}, 10.0, not_stopped).trouble;
  };
  EXPECT_EQ(trouble("\nplot 'x'\n^\n\"a.gp\" line 4: warning: Skipping\n\"a.gp\" line 5: all points undefined!\n\n"),
            "gnuplot failed with status 1: \"a.gp\" line 5: all points undefined!");
  EXPECT_EQ(trouble("\nno display\nsorry\n"), "gnuplot failed with status 1: no display");
}

TEST(RunGnuplot, EndsOneThatHangs) {
  const ScratchFolder scratch;
  write_program(scratch / "gnuplot", "#!/bin/sh\nwhile :; do :; done\n");
  const PathOfPrograms path(scratch.path());
  EXPECT_EQ(run_gnuplot(scratch.path(), {}, 0.2, not_stopped).trouble, "gnuplot did not end within 0.2 s");
}

TEST(RunGnuplot, EndsWhenToldToStop) {
  const ScratchFolder scratch;
  write_program(scratch / "gnuplot", "#!/bin/sh\nwhile :; do :; done\n");
  const PathOfPrograms path(scratch.path());
  std::atomic<int> stop_signal{0};
  const std::jthread stopping([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    stop_signal = SIGTERM;
  });
  EXPECT_THROW(run_gnuplot(scratch.path(), {}, 60.0, stop_signal), Interrupted);
}

TEST(RunGnuplot, PassesTheScriptsInTheFolder) {
  const ScratchFolder scratch;
  write_program(scratch / "gnuplot", "#!/bin/sh\necho \"$@\" > seen\n");
  const PathOfPrograms path(scratch.path());
  EXPECT_TRUE(run_gnuplot(scratch.path(), {"a b.gp", "c;d.gp"}, 10.0, not_stopped).ended_well);
  EXPECT_EQ(contents(scratch / "seen"), "a b.gp c;d.gp\n");
}

}  // namespace
}  // namespace logmargin::testing::gnuplot_test
