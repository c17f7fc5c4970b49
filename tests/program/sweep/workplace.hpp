#pragma once

#include <gtest/gtest.h>

#include "tests/program/folder_bytes.hpp"

namespace logmargin::testing {

/// A folder in which sweeps and merges are run, without pictures.
class Workplace {
 public:
  Workplace() { surroundings_.working_folder = folder_.path(); }

  Finished run(const Arguments& arguments) const {
    return RunningProgram(words_without_pictures(arguments), surroundings_).wait();
  }
  /// Runs one that fails with a line that has all these parts, and leaves everything as it was.
  void expect_refusal(const Arguments& arguments, int exit_status, const std::vector<std::string>& parts) const {
    const auto before = bytes_below(folder_.path());
    const Finished finished = run(arguments);
    const std::string line = ::testing::PrintToString(arguments);
    EXPECT_EQ(finished.exit_status, exit_status) << line << finished.err;
    EXPECT_EQ(lines_of(finished.err).size(), 1U) << line << finished.err;
    for (const std::string& part : parts) EXPECT_NE(finished.err.find(part), std::string::npos) << finished.err;
    EXPECT_TRUE(bytes_below(folder_.path()) == before) << line;
  }
  std::filesystem::path operator/(const std::string& name) const { return folder_ / name; }

 private:
  ScratchFolder folder_;
  Surroundings surroundings_;
};

}  // namespace logmargin::testing
