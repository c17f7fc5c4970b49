#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstring>
#include <thread>

#include "tests/host/results/scratch_folder.hpp"
#include "tests/program/program.hpp"

namespace logmargin::testing::interruption_test {
namespace {

/// A sweep that would take hours, stopped by the signal once its files are begun.
Finished stopped_by(int signal, const ScratchFolder& scratch, const Arguments& others = {}) {
  Arguments arguments = {"sweep", "--stepping", "lockstep", "--out", "new/out"};
  const Arguments size = {"--trials", "1e5", "--steps", "1e9"};
  const Arguments& more = others.empty() ? size : others;
  arguments.insert(arguments.end(), more.begin(), more.end());
  Surroundings surroundings;
  surroundings.working_folder = scratch.path();
  RunningProgram program(logmargin_words(arguments), surroundings);
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  for (int i = 0; i < 500 && !std::filesystem::exists(scratch / "new/out"); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_TRUE(std::filesystem::exists(scratch / "new/out")) << "the run has not begun";
  const auto start = std::chrono::steady_clock::now();
  program.send(signal);
  Finished finished = program.wait();
  finished.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return finished;
}

class Interruption : public ::testing::TestWithParam<int> {};

TEST_P(Interruption, EndsSoonAndLeavesNothing) {
  const ScratchFolder scratch;
  const Finished finished = stopped_by(GetParam(), scratch);
  EXPECT_EQ(finished.exit_status, 128 + GetParam());
  EXPECT_LT(finished.seconds, 5.0);
  EXPECT_EQ(finished.out, "");
  EXPECT_EQ(lines_of(finished.err).size(), 1U) << finished.err;
  EXPECT_EQ(names_in(scratch.path()), std::vector<std::string>{});
}

TEST_P(Interruption, EndsSoonWithManyRecordedTimesAndThreads) {
  const ScratchFolder scratch;
  const Finished finished = stopped_by(
      GetParam(), scratch, {"--record", "every=1000", "--trials", "1000", "--steps", "1e8", "--threads", "3"});
  EXPECT_EQ(finished.exit_status, 128 + GetParam());
  EXPECT_LT(finished.seconds, 5.0);
  EXPECT_EQ(names_in(scratch.path()), std::vector<std::string>{});
}

INSTANTIATE_TEST_SUITE_P(BySignal, Interruption, ::testing::Values(SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGUSR2, SIGXCPU),
                         [](const auto& instance) { return "SIG" + std::string(::sigabbrev_np(instance.param)); });

TEST(Kill, LeavesNoFileWithAFinalName) {
  const ScratchFolder scratch;
  const Finished finished = stopped_by(SIGKILL, scratch);
  EXPECT_EQ(finished.signal, SIGKILL);
  for (const char* name : {"summary.json", "cells.csv", "trajectory.csv"}) {
    EXPECT_FALSE(std::filesystem::exists(scratch / "new/out" / name)) << name;
  }
}

TEST(Kill, DoesNotStandInTheWayOfTheNextRun) {
  const ScratchFolder scratch;
  stopped_by(SIGKILL, scratch);
  Surroundings surroundings;
  surroundings.working_folder = scratch.path();
  const Finished again = run_logmargin(
      {"sweep", "--trials", "10", "--steps", "10", "--quiet", "--out", "new/out", "--force"}, surroundings);
  EXPECT_EQ(again.exit_status, 0) << again.err;
  EXPECT_TRUE(std::filesystem::exists(scratch / "new/out/summary.json"));
}

/// No process has so large a number.
const std::string stale_file = ".4194304.0.partial";

TEST(Kill, LeavesAnEmptyFolder) {
  const ScratchFolder scratch;
  const std::filesystem::path out = scratch / "new/out";
  stopped_by(SIGKILL, scratch);
  std::filesystem::create_directories(out / "checkpoint");
  for (const char* name : {".trials.h5", ".report.html", ".shard-0-of-2.tally", "checkpoint/.state.tally"}) {
    write_text(out / (name + stale_file), "cut");
  }
  write_text(out / "checkpoint/cells-0.tally", "of a checkpoint that was not finished");
  const Finished again = run_logmargin({"sweep", "--trials", "10", "--steps", "10", "--quiet", "--out", out.string()});
  EXPECT_EQ(again.exit_status, 0) << again.err;
  for (const std::string& name : names_in(out)) EXPECT_FALSE(name.starts_with('.') || name == "checkpoint") << name;
}

TEST(Kill, LeavesAFolderToResumeWhateverItWrote) {
  const ScratchFolder scratch;
  write_text(scratch / (".trials.h5" + stale_file), "cut");
  const Finished again = run_logmargin(
      {"sweep", "--trials", "10", "--steps", "10", "--quiet", "--resume", "--out", scratch.path().string()});
  EXPECT_EQ(again.exit_status, 0) << again.err;
  EXPECT_FALSE(std::filesystem::exists(scratch / (".trials.h5" + stale_file)));
}

TEST(Kill, IsNotWhatHappenedToAProcessThatRuns) {
  const ScratchFolder scratch;
  const std::string name = ".cells.csv." + std::to_string(::getpid()) + ".0.partial";
  write_text(scratch / name, "in the making");
  const Finished finished =
      run_logmargin({"sweep", "--trials", "10", "--steps", "10", "--quiet", "--out", scratch.path().string()});
  EXPECT_EQ(finished.exit_status, 2);
  EXPECT_NE(finished.err.find("it holds '" + name + "'"), std::string::npos) << finished.err;
  EXPECT_EQ(names_in(scratch.path()), std::vector<std::string>{name});
}

}  // namespace
}  // namespace logmargin::testing::interruption_test
