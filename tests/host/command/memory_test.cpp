#include <gtest/gtest.h>

#include "tests/host/command/program.hpp"

namespace logmargin::testing {
namespace {

#ifdef __SANITIZE_ADDRESS__
constexpr bool memory_is_watched = true;
#else
constexpr bool memory_is_watched = false;
#endif

constexpr long most_memory_kib = 300L * 1024;

Finished run_of(const std::string& trials, const std::string& steps, const std::string& record) {
  return run_logmargin(
      {"sweep", "--trials", trials, "--steps", steps, "--record", record, "--threads", "2", "--quiet"});
}

TEST(Memory, DoesNotGrowWithTrials) {
  if (memory_is_watched) GTEST_SKIP() << "the address sanitizer keeps freed memory";
  const Finished finished = run_of("3e6", "10", "log=8");
  EXPECT_EQ(finished.exit_status, 0) << finished.err;
  EXPECT_LT(finished.peak_memory_kib, most_memory_kib);
}

TEST(Memory, DoesNotGrowWithRecordedTimes) {
  if (memory_is_watched) GTEST_SKIP() << "the address sanitizer keeps freed memory";
  const Finished finished = run_of("200", "1e4", "every=1");
  EXPECT_EQ(finished.exit_status, 0) << finished.err;
  EXPECT_LT(finished.peak_memory_kib, most_memory_kib);
}

}  // namespace
}  // namespace logmargin::testing
