#include <gtest/gtest.h>

#include "tests/host/results/scratch_folder.hpp"
#include "tests/program/program.hpp"

namespace logmargin::testing::trials_out_without_hdf5_test {
namespace {

TEST(TrialsOut, IsRefusedBeforeAnythingStarts) {
  const ScratchFolder scratch;
  Surroundings surroundings;
  surroundings.working_folder = scratch.path();
  const Finished finished =
      run_logmargin({"sweep", "--trials", "10", "--steps", "10", "--out", "out", "--trials-out"}, surroundings);
  EXPECT_EQ(finished.exit_status, 2);
  EXPECT_EQ(lines_of(finished.err).size(), 1U) << finished.err;
  EXPECT_NE(finished.err.find("--trials-out: this build cannot write trials.h5"), std::string::npos) << finished.err;
  EXPECT_EQ(names_in(scratch.path()), std::vector<std::string>{});
}

}  // namespace
}  // namespace logmargin::testing::trials_out_without_hdf5_test
