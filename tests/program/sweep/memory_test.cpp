#include <gtest/gtest.h>

#include "tests/program/program.hpp"

namespace logmargin::testing::memory_test {
namespace {

constexpr bool memory_is_watched = LOGMARGIN_PROGRAM_IS_SANITIZED;

constexpr long mebibyte = 1024;  ///< in the unit of peak_memory_kib

long peak_memory_kib(const Arguments& options) {
  Arguments arguments = {"sweep", "--quiet", "--threads", "2"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  const Finished finished = run_logmargin(arguments);
  EXPECT_EQ(finished.exit_status, 0) << finished.err;
  return finished.peak_memory_kib;
}

TEST(Memory, DoesNotGrowWithTrials) {
  if (memory_is_watched) GTEST_SKIP() << "the address sanitizer keeps freed memory";
  EXPECT_LT(peak_memory_kib({"--trials", "3e6", "--steps", "10"}), 100 * mebibyte);
}

/// Ten thousand tallies of a wide-spread crowd are several times this much.
TEST(Memory, DoesNotGrowWithRecordedTimes) {
  if (memory_is_watched) GTEST_SKIP() << "the address sanitizer keeps freed memory";
  EXPECT_LT(peak_memory_kib({"--trials", "600", "--steps", "1e4", "--record", "every=1", "--init", "normal=3", "--bias",
                             "matched"}),
            300 * mebibyte);
}

}  // namespace
}  // namespace logmargin::testing::memory_test
