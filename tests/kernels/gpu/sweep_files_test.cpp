#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/kernels/gpu/gpu_test.hpp"

namespace logmargin::sweep_files_test {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

/// The program may have been built elsewhere.
std::string program() {
  const char* given = std::getenv("LOGMARGIN_PROGRAM");
  return given != nullptr ? given : LOGMARGIN_PROGRAM;
}

class SweepFilesGpu : public testing::GpuTest {
 protected:
  void SetUp() override {
    GpuTest::SetUp();
    folder = fs::temp_directory_path() / ("logmargin-gpu-" + std::to_string(::getpid()));
  }
  void TearDown() override { fs::remove_all(folder); }

  int sweep(const std::string& options, const std::string& on) const {
    const std::string command = "'" + program() + "' sweep --quiet --force " + options + " --device " + on +
                                " --out '" + (folder / on).string() + "'";
    fs::create_directories(folder);
    return std::system(command.c_str());
  }

  void expect_same_files(const std::string& options) const {
    ASSERT_EQ(sweep(options, "cpu"), 0) << options;
    for (const std::string on : {"cuda", "cuda:all"}) {
      ASSERT_EQ(sweep(options, on), 0) << options;
      for (const char* file : {"cells.csv", "trajectory.csv"}) {
        const std::string expected = text_of(folder / "cpu" / file);
        EXPECT_FALSE(expected.empty());
        EXPECT_EQ(text_of(folder / on / file), expected) << file << " of " << options << " on " << on;
      }
    }
  }

  fs::path folder;
};

TEST_F(SweepFilesGpu, EveryInitAndBias) {
  expect_same_files(
      "--trials 20001 --steps 1e3 --bias zero,matched,normal=0.5,uniform=2 --init he-normal,he-uniform,xavier-normal,"
      "xavier-uniform,lecun-normal,lecun-uniform,pytorch,normal=3,uniform=100");
}

TEST_F(SweepFilesGpu, EveryKindOfDataAndStepSize) {
  expect_same_files("--trials 20001 --steps 1e3 --eta 0.001,0.1,30,1e4 --data '+1,-1;2,-0.5;1.5,-1.5;3,1;-1,1'");
}

TEST_F(SweepFilesGpu, EveryRecordMode) {
  for (const char* record : {"log=1", "log=40", "every=1", "every=33", "1,2,3,500"}) {
    expect_same_files(std::string("--trials 20001 --steps 2000 --bias matched --record ") + record);
  }
}

TEST_F(SweepFilesGpu, MixedPrecision) {
  expect_same_files("--precision mixed --trials 20001 --steps 1e3 --bias zero,matched --data '+1,-1;2,-0.5;1.5,-1.5'");
  expect_same_files("--precision mixed --trials 20001 --steps 2000 --bias matched --record every=1");
}

TEST_F(SweepFilesGpu, EveryMethod) {
  expect_same_files(
      "--trials 20001 --steps 1e3 --bias matched --optimizer gd,ngd,heavy-ball=0.9,nesterov,dual,prgd "
      "--loss exp,logistic --data '+1,-1;1.5,-1.5'");
  expect_same_files("--trials 2001 --steps 500 --bias matched --optimizer nesterov,dual,prgd --record every=1");
}

TEST_F(SweepFilesGpu, EveryDimension) {
  expect_same_files(
      "--trials 2001 --steps 1e3 --dim 2,30,1e6 --bias matched --init he-normal,he-uniform --data '+1,-1;+2,-0.75'");
  expect_same_files(
      "--trials 2001 --steps 1e3 --dim 3,2000 --bias matched --data '(1,0.5,0),(-1,2,0.25)' --optimizer gd,ngd,prgd");
  expect_same_files("--precision mixed --trials 2001 --steps 1e3 --dim 3 --bias matched --data '(2,1),(-1,1)'");
}

TEST_F(SweepFilesGpu, GradientFlow) {
  expect_same_files(
      "--trials 2001 --steps 1e6 --bias matched --optimizer gd,flow --loss exp,logistic --stepping lockstep "
      "--data '+1,-1;1.5,-0.4' --eps 0.1,0.01");
  expect_same_files("--trials 2001 --steps 1e300 --record log=1 --bias matched --optimizer flow --dim 1,3 --eps 0.1");
}

TEST_F(SweepFilesGpu, TheDefaultSweep) { expect_same_files("--trials 10000 --steps 1e5"); }

}  // namespace
}  // namespace logmargin::sweep_files_test
