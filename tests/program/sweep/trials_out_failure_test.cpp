#include <gtest/gtest.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <thread>

#include "tests/host/results/scratch_folder.hpp"
#include "tests/program/program.hpp"
#include "tests/program/small_disk.hpp"

namespace logmargin::testing::trials_out_failure_test {
namespace {

Surroundings in(const ScratchFolder& scratch) {
  Surroundings surroundings;
  surroundings.working_folder = scratch.path();
  return surroundings;
}

void expect_failed_write(const Finished& finished, const std::string& reason) {
  EXPECT_EQ(finished.exit_status, 3) << "ended by signal " << finished.signal;
  EXPECT_EQ(finished.out, "");
  EXPECT_EQ(lines_of(finished.err).size(), 1U) << finished.err;
  EXPECT_NE(finished.err.find("'out/trials.h5' cannot be written: " + reason), std::string::npos) << finished.err;
}

TEST(TrialsOut, NeedsAFolder) {
  const ScratchFolder scratch;
  const Finished finished = run_logmargin({"sweep", "--trials", "10", "--steps", "10", "--trials-out"}, in(scratch));
  EXPECT_EQ(finished.exit_status, 2);
  EXPECT_EQ(lines_of(finished.err).size(), 1U) << finished.err;
  EXPECT_NE(finished.err.find("--trials-out: trials.h5 is written into the folder of --out"), std::string::npos);
  EXPECT_EQ(finished.out, "");
}

/// Many sizes: the failure meets headers, indices, chunks, and the close.
TEST(TrialsOut, LeavesNothingBehindWhereTheFileMayNotGrow) {
  const Arguments sweep = {"sweep", "--trials", "3000",     "--steps", "10",           "--eta",  "0.1,0.2,0.3",
                           "--out", "out",      "--record", "0",       "--trials-out", "--quiet"};
  const ScratchFolder whole;
  ASSERT_EQ(run_logmargin(sweep, in(whole)).exit_status, 0);
  const auto size = std::filesystem::file_size(whole / "out/trials.h5");
  Surroundings surroundings;
  for (std::uintmax_t largest = size - 1; largest > 10000; largest = largest * 4 / 5) {
    const ScratchFolder scratch;
    surroundings = in(scratch);
    surroundings.largest_file = largest;
    expect_failed_write(run_logmargin(sweep, surroundings), std::strerror(EFBIG));
    ASSERT_EQ(names_in(scratch.path()), std::vector<std::string>{}) << largest;
  }
}

TEST(TrialsOut, KeepsTheResultsThatWereThere) {
  const ScratchFolder scratch;
  Arguments sweep = {"sweep", "--trials", "10", "--steps", "10", "--out", "out", "--trials-out", "--quiet"};
  ASSERT_EQ(run_logmargin(sweep, in(scratch)).exit_status, 0);
  const std::string before = contents(scratch / "out/trials.h5");
  const std::vector<std::string> names = names_in(scratch / "out");
  sweep[2] = "20000";
  sweep.push_back("--force");
  Surroundings surroundings = in(scratch);
  surroundings.largest_file = 200000;
  expect_failed_write(run_logmargin(sweep, surroundings), std::strerror(EFBIG));
  EXPECT_TRUE(contents(scratch / "out/trials.h5") == before);
  EXPECT_EQ(names_in(scratch / "out"), names);
}

TEST(TrialsOut, LeavesNothingBehindOnASmallDisk) {
  for (const char* size : {"300k", "1m", "2m"}) {
    const ScratchFolder scratch;
    const SmallDisk disk(scratch.path(), size);
    if (!disk.mounted()) GTEST_SKIP() << "a small tmpfs cannot be mounted: " << std::strerror(errno);
    expect_failed_write(run_logmargin({"sweep", "--trials", "40000", "--steps", "10", "--threads", "3", "--out", "out",
                                       "--trials-out", "--quiet"},
                                      in(scratch)),
                        std::strerror(ENOSPC));
    EXPECT_EQ(names_in(scratch.path()), std::vector<std::string>{}) << size;
  }
}

/// A sweep of many cells, stopped once some of them have been written.
Finished stopped_by(int signal, const ScratchFolder& scratch) {
  RunningProgram program(logmargin_words({"sweep", "--trials", "1e5", "--steps", "10", "--eta", "0.1:1:10000",
                                          "--threads", "3", "--out", "out", "--trials-out", "--quiet"}),
                         in(scratch));
  const auto written = [&] {
    std::uintmax_t size = 0;
    std::error_code ignored;
    for (const auto& file : std::filesystem::directory_iterator(scratch / "out", ignored)) {
      if (file.path().filename().string().starts_with(".trials.h5")) size = std::filesystem::file_size(file, ignored);
    }
    return size;
  };
  for (int i = 0; i < 3000 && written() < 2000000; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_GE(written(), 2000000U) << "the run has not begun";
  program.send(signal);
  return program.wait();
}

TEST(TrialsOut, LeavesNothingBehindWhenInterrupted) {
  for (const int signal : {SIGINT, SIGTERM}) {
    const ScratchFolder scratch;
    const Finished finished = stopped_by(signal, scratch);
    EXPECT_EQ(finished.exit_status, 128 + signal);
    EXPECT_EQ(lines_of(finished.err).size(), 1U) << finished.err;
    EXPECT_EQ(names_in(scratch.path()), std::vector<std::string>{});
  }
}

TEST(TrialsOut, LeavesNoFileOfItsNameWhenKilled) {
  const ScratchFolder scratch;
  EXPECT_EQ(stopped_by(SIGKILL, scratch).signal, SIGKILL);
  EXPECT_FALSE(std::filesystem::exists(scratch / "out/trials.h5"));
}

}  // namespace
}  // namespace logmargin::testing::trials_out_failure_test
