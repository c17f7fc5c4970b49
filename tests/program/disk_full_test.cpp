#include <gtest/gtest.h>

#include <cerrno>
#include <cstring>

#include "host/results/folder/folder_lock.hpp"
#include "tests/host/results/scratch_folder.hpp"
#include "tests/program/program.hpp"
#include "tests/program/small_disk.hpp"

namespace logmargin::testing::disk_full_test {
namespace {

/// Some 300 KiB of trajectory.
const Arguments long_results = {"sweep", "--trials", "100", "--steps", "600", "--record", "every=1", "--out", "out"};

void expect_failed_write(const Finished& finished, const std::string& reason) {
  EXPECT_EQ(finished.exit_status, 3) << "ended by signal " << finished.signal;
  EXPECT_EQ(finished.out, "");
  EXPECT_EQ(lines_of(finished.err).size(), 1U) << finished.err;
  EXPECT_NE(finished.err.find("cannot be written: " + reason), std::string::npos) << finished.err;
}

TEST(DiskFull, LeavesNothingBehindWhereAFileMayNotGrow) {
  const ScratchFolder scratch;
  Surroundings surroundings;
  surroundings.working_folder = scratch.path();
  // Below the first buffer, between it and the end, and just below the end of a small result.
  for (const rlim_t largest : {rlim_t{100}, rlim_t{100000}, rlim_t{200000}}) {
    surroundings.largest_file = largest;
    expect_failed_write(run_logmargin(long_results, surroundings), std::strerror(EFBIG));
    EXPECT_EQ(names_in(scratch.path()), std::vector<std::string>{}) << largest;
  }
}

TEST(DiskFull, KeepsTheResultsThatWereThere) {
  const ScratchFolder scratch;
  Surroundings surroundings;
  surroundings.working_folder = scratch.path();
  ASSERT_EQ(run_logmargin({"sweep", "--trials", "10", "--steps", "10", "--out", "out"}, surroundings).exit_status, 0);
  const std::string before = contents(scratch / "out/summary.json");
  surroundings.largest_file = 100000;
  Arguments forced = long_results;
  forced.push_back("--force");
  expect_failed_write(run_logmargin(forced, surroundings), std::strerror(EFBIG));
  EXPECT_EQ(contents(scratch / "out/summary.json"), before);
  EXPECT_EQ(names_in(scratch / "out"), (std::vector<std::string>{"cells.csv", "figures", "histograms.csv",
                                                                 "report.html", "summary.json", "trajectory.csv"}));
}

TEST(DiskFull, DoesNotKeepASummaryFromBeingPrinted) {
  Surroundings surroundings;
  surroundings.largest_file = 100000;
  surroundings.stdout_path = "/dev/null";
  const Finished finished =
      run_logmargin({"sweep", "--trials", "100", "--steps", "600", "--record", "every=1", "--json"}, surroundings);
  EXPECT_EQ(finished.exit_status, 0) << finished.err;
}

TEST(DiskFull, LeavesNothingBehindOnASmallDisk) {
  const ScratchFolder scratch;
  const SmallDisk disk(scratch.path(), "64k");
  if (!disk.mounted()) GTEST_SKIP() << "a small tmpfs cannot be mounted: " << std::strerror(errno);
  Surroundings surroundings;
  surroundings.working_folder = scratch.path();
  expect_failed_write(run_logmargin(long_results, surroundings), std::strerror(ENOSPC));
  EXPECT_EQ(names_in(scratch.path()), std::vector<std::string>{});
}

TEST(Folder, ThatIsAFileIsRefused) {
  const ScratchFolder scratch;
  write_text(scratch / "file", "mine");
  const Finished finished =
      run_logmargin({"sweep", "--trials", "10", "--steps", "10", "--out", (scratch / "file").string(), "--force"});
  EXPECT_EQ(finished.exit_status, 2);
  EXPECT_EQ(lines_of(finished.err).size(), 1U);
  EXPECT_NE(finished.err.find("--out: '" + (scratch / "file").string() + "'"), std::string::npos) << finished.err;
  EXPECT_EQ(contents(scratch / "file"), "mine");
}

TEST(Folder, ThatIsNotEmptyIsRefusedUnlessForced) {
  const ScratchFolder scratch;
  write_text(scratch / "mine", "mine");
  Arguments arguments = {"sweep", "--trials", "10", "--steps", "10", "--quiet", "--out", scratch.path().string()};
  const Finished refused = run_logmargin(arguments);
  EXPECT_EQ(refused.exit_status, 2);
  EXPECT_NE(refused.err.find("--force"), std::string::npos) << refused.err;
  EXPECT_EQ(names_in(scratch.path()), std::vector<std::string>{"mine"});
  arguments.push_back("--force");
  EXPECT_EQ(run_logmargin(arguments).exit_status, 0);
  EXPECT_EQ(names_in(scratch.path()).size(), 7U);
  EXPECT_EQ(contents(scratch / "mine"), "mine");
}

TEST(Folder, KeepsTheResultsWhereTheReportFails) {
  const ScratchFolder scratch;
  std::filesystem::create_directories(scratch / "out/report.html/in the way");
  const Finished finished =
      run_logmargin({"sweep", "--trials", "10", "--steps", "10", "--force", "--out", (scratch / "out").string()});
  EXPECT_EQ(finished.exit_status, 3);
  EXPECT_NE(finished.err.find("the results are written, their report is not: "), std::string::npos) << finished.err;
  EXPECT_NE(finished.err.find("report.html"), std::string::npos) << finished.err;
  EXPECT_NE(finished.out.find("wrote summary.json, "), std::string::npos) << finished.out;
  EXPECT_TRUE(std::filesystem::exists(scratch / "out/summary.json"));
  EXPECT_TRUE(std::filesystem::exists(scratch / "out/report.html/in the way"));
}

TEST(Folder, HoldsNothingOfAnEarlierRun) {
  const ScratchFolder scratch;
  for (const char* name : {"trials.h5", "report.html", "cells.csv"}) write_text(scratch / name, "of an earlier run");
  const Arguments words = {
      "sweep", "--trials", "10", "--steps", "10", "--quiet", "--force", "--out", scratch.path().string()};
  EXPECT_EQ(run_logmargin(words).exit_status, 0);
  EXPECT_FALSE(std::filesystem::exists(scratch / "trials.h5"));
  EXPECT_EQ(contents(scratch / "cells.csv").find("earlier"), std::string::npos);
  EXPECT_EQ(contents(scratch / "report.html").find("of an earlier run"), std::string::npos);
}

TEST(Folder, IsOneRunsAtATime) {
  const ScratchFolder scratch;
  const FolderLock lock(scratch.path());
  const Finished finished =
      run_logmargin({"sweep", "--trials", "10", "--steps", "10", "--force", "--out", scratch.path().string()});
  EXPECT_EQ(finished.exit_status, 3);
  EXPECT_NE(finished.err.find("is in use by another run"), std::string::npos) << finished.err;
  EXPECT_TRUE(names_in(scratch.path()).empty());
}

TEST(Folder, ThatCannotBeMadeIsAFileError) {
  const ScratchFolder scratch;
  write_text(scratch / "file", "mine");
  std::filesystem::create_symlink("nowhere", scratch / "dangling");
  for (const std::string& path : {(scratch / "file/below").string(), (scratch / "dangling").string(),
                                  (scratch / std::string(300, 'n')).string(), std::string("/proc/logmargin")}) {
    const Finished finished = run_logmargin({"sweep", "--trials", "10", "--steps", "10", "--out", path});
    EXPECT_EQ(finished.exit_status, 3) << path;
    EXPECT_EQ(finished.out, "");
    EXPECT_EQ(lines_of(finished.err).size(), 1U) << finished.err;
    EXPECT_NE(finished.err.find("--out: '" + path + "'"), std::string::npos) << finished.err;
  }
}

TEST(Folder, MayHaveAnyName) {
  const ScratchFolder scratch;
  Surroundings surroundings;
  surroundings.working_folder = scratch.path();
  for (const std::string name :
       {"with space", "quote'\"s", "größe/大きさ", "-dash", "new/../dots", "\xff\xfe", "tab\tline\n"}) {
    const Finished finished =
        run_logmargin({"sweep", "--trials", "10", "--steps", "10", "--quiet", "--out", name}, surroundings);
    EXPECT_EQ(finished.exit_status, 0) << name << ": " << finished.err << " signal " << finished.signal;
    EXPECT_TRUE(std::filesystem::exists((scratch / name / "summary.json").lexically_normal())) << name;
  }
}

}  // namespace
}  // namespace logmargin::testing::disk_full_test
