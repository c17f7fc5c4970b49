#include "host/results/folder/spool.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <csignal>

#include "tests/host/results/scratch_folder.hpp"

namespace logmargin::spool_test {
namespace {

/// TMPDIR, put back at the end.
class TemporaryFolder {
 public:
  explicit TemporaryFolder(const std::string& path) {
    if (const char* before = ::getenv("TMPDIR")) before_ = before;
    ::setenv("TMPDIR", path.c_str(), 1);
  }
  ~TemporaryFolder() { before_.empty() ? ::unsetenv("TMPDIR") : ::setenv("TMPDIR", before_.c_str(), 1); }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

 private:
  std::string before_;
};

/// While it lives no file gets larger.
class LargestFile {
 public:
  explicit LargestFile(rlim_t bytes) : signal_before_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit limit = {bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~LargestFile() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, signal_before_);
  }
  LargestFile(const LargestFile&) = delete;
  LargestFile& operator=(const LargestFile&) = delete;

 private:
  void (*signal_before_)(int);
  rlimit before_{};
};

void feed(Spool& spool, std::string& fed, std::size_t bytes) {
  while (fed.size() < bytes) {
    const std::string line = std::to_string(fed.size()) + "\n";
    spool.write(line);
    fed += line;
  }
}

void expect_printed(Spool& spool, const std::string& expected) {
  ::testing::internal::CaptureStdout();
  spool.print();
  EXPECT_TRUE(::testing::internal::GetCapturedStdout() == expected);
}

TEST(Spool, GivesBackOnStdoutWhatItWasFed) {
  for (const std::size_t bytes : {std::size_t{0}, std::size_t{1000}, 3 * TemporaryBytes::most_in_memory}) {
    Spool spool;
    std::string fed;
    feed(spool, fed, bytes);
    expect_printed(spool, fed);
  }
}

TEST(Spool, NeedsNoFolderForItsFile) {
  const TemporaryFolder none("/nowhere");
  Spool spool;
  std::string fed;
  feed(spool, fed, 2 * TemporaryBytes::most_in_memory);
  expect_printed(spool, fed);
}

TEST(Spool, KeepsInMemoryWhatItsFileDoesNotTake) {
  Spool spool;
  std::string fed;
  {
    const LargestFile limit(TemporaryBytes::most_in_memory + 12345);
    feed(spool, fed, 3 * TemporaryBytes::most_in_memory);
  }
  feed(spool, fed, 4 * TemporaryBytes::most_in_memory);
  expect_printed(spool, fed);
}

TEST(Spool, LeavesNoFileInItsFolder) {
  const testing::ScratchFolder scratch;
  const TemporaryFolder there(scratch.path().string());
  Spool spool;
  std::string fed;
  feed(spool, fed, 2 * TemporaryBytes::most_in_memory);
  EXPECT_TRUE(testing::names_in(scratch.path()).empty());
}

}  // namespace
}  // namespace logmargin::spool_test
