#include <gtest/gtest.h>

#include "tests/program/program.hpp"

namespace logmargin::testing::memory_test {
namespace {

constexpr bool memory_is_watched = LOGMARGIN_PROGRAM_IS_SANITIZED;

long peak_memory_kib(const Arguments& options) {
  Arguments arguments = {"sweep", "--quiet", "--threads", "2"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  const Finished finished = run_logmargin(arguments);
  EXPECT_EQ(finished.exit_status, 0) << finished.err;
  return finished.peak_memory_kib;
}

/// What eight times as much takes, over what it takes once: allocators and counts of a wider range leave it near 1.2.
double growth(const Arguments& once, const Arguments& eight_times) {
  return static_cast<double>(peak_memory_kib(eight_times)) / static_cast<double>(peak_memory_kib(once));
}

TEST(Memory, DoesNotGrowWithTrials) {
  if (memory_is_watched) GTEST_SKIP() << "the address sanitizer keeps freed memory";
  EXPECT_LT(growth({"--trials", "4e5", "--steps", "10"}, {"--trials", "3.2e6", "--steps", "10"}), 1.5);
}

/// All tallies of widely spread networks at once would take several times as much.
TEST(Memory, DoesNotGrowWithRecordedTimes) {
  if (memory_is_watched) GTEST_SKIP() << "the address sanitizer keeps freed memory";
  const auto recorded = [](const char* steps) {
    return Arguments{"--trials", "600",    "--steps",  steps,    "--record",
                     "every=1",  "--init", "normal=3", "--bias", "matched"};
  };
  EXPECT_LT(growth(recorded("1250"), recorded("10000")), 1.5);
}

}  // namespace
}  // namespace logmargin::testing::memory_test
