#include "host/cli/standard_streams.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include "tests/host/results/scratch_folder.hpp"
#include "tests/program/program.hpp"

namespace logmargin::testing::standard_streams_test {
namespace {

/// logmargin started by a shell with the redirection after its words, and without gnuplot, so that it has something to
/// say about its report.
Finished run_in_shell(const std::string& redirection, const Arguments& arguments) {
  Arguments words = {"/bin/sh", "-c", "PATH=/nowhere exec \"$0\" \"$@\" " + redirection, LOGMARGIN_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
  return RunningProgram(words).wait();
}

Arguments sweep_into(const std::filesystem::path& out, const Arguments& options = {}) {
  return with_options({"sweep", "--trials", "20", "--steps", "100", "--out", out.string()}, options);
}

TEST(StandardError, DecidesNothingWhereItTakesNothing) {
  const ScratchFolder scratch;
  for (const std::string redirection : {"2>&-", "2>/dev/full", "0<&- 2>&-"}) {
    const std::filesystem::path out = scratch / "out";
    std::filesystem::remove_all(out);
    const Arguments sweep = sweep_into(out, {"--resume"});
    const Finished finished = run_in_shell(redirection, sweep);
    EXPECT_EQ(finished.exit_status, 0) << redirection << finished.err;
    EXPECT_NE(finished.out.find("wrote report.html"), std::string::npos) << finished.out;
    EXPECT_EQ(run_in_shell(redirection, sweep).exit_status, 0) << redirection << ": there is nothing to resume";
    EXPECT_EQ(run_in_shell(redirection, {"report", out.string()}).exit_status, 0) << redirection;
    for (const char* name : {"summary.json", "cells.csv", "trajectory.csv", "histograms.csv", "report.html"}) {
      EXPECT_EQ(contents(out / name).find("logmargin: "), std::string::npos) << name;
    }
  }
}

TEST(StandardError, DoesNotHideAMistake) {
  EXPECT_EQ(run_in_shell("2>&-", {"sweep", "--trials", "0"}).exit_status, 2);
  EXPECT_EQ(run_in_shell("2>/dev/full", {"report", "/nowhere"}).exit_status, 3);
}

TEST(StandardOutput, ThatIsClosedIsAnErrorAndNoFile) {
  const ScratchFolder scratch;
  const Finished finished = run_in_shell("0<&- >&-", sweep_into(scratch / "out"));
  EXPECT_EQ(finished.exit_status, 3);
  EXPECT_NE(finished.err.find("stdout"), std::string::npos) << finished.err;
  EXPECT_TRUE(contents(scratch / "out/summary.json").starts_with("{"));
}

TEST(SayOnStderr, OutlivesItsReader) {
  int ends[2] = {};
  ASSERT_EQ(::pipe(ends), 0);
  const int before = ::dup(STDERR_FILENO);
  ::dup2(ends[1], STDERR_FILENO);
  ::close(ends[0]);
  ::close(ends[1]);
  say_on_stderr("nobody hears this\n");
  ::dup2(before, STDERR_FILENO);
  ::close(before);
}

}  // namespace
}  // namespace logmargin::testing::standard_streams_test
