#include <gtest/gtest.h>

#include <fstream>

#include "tests/host/results/scratch_folder.hpp"
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

TEST(Memory, DoesNotGrowWithTheRowsOfGivenWeights) {
  if (memory_is_watched) GTEST_SKIP() << "the address sanitizer keeps freed memory";
  const ScratchFolder scratch;
  const auto trained = [&](std::uint64_t rows) {
    std::string header = "{'descr': '<f8', 'fortran_order': False, 'shape': (" + std::to_string(rows) + ", 4), }";
    header.resize(117, ' ');
    std::ofstream file(scratch / "weights.npy", std::ios::binary);
    file << "\x93NUMPY" << '\1' << '\0' << static_cast<char>(header.size() + 1) << '\0' << header << '\n';
    const std::vector<double> block(4096 * 4, 0.5);
    for (std::uint64_t row = 0; row < rows; row += 4096) {
      file.write(reinterpret_cast<const char*>(block.data()), static_cast<std::streamsize>(block.size() * 8));
    }
    file.close();
    return Arguments{"--theta", (scratch / "weights.npy").string(), "--steps", "1"};
  };
  const long small = peak_memory_kib(trained(4096));
  const long large = peak_memory_kib(trained(std::uint64_t{4096} * 1024));
  EXPECT_LT(large - small, 64 * 1024) << "the file has 128 MiB";
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
