#include <gtest/gtest.h>
#include <sys/mount.h>

#include <cerrno>
#include <csignal>
#include <cstring>

#include "tests/program/attempts.hpp"

namespace logmargin::testing::checkpoint_disk_test {
namespace {

const Arguments some_cells = {"--trials", "101", "--steps", "1e300", "--record", "log=1", "--bias", "zero,matched"};

/// Ends for want of room, and whatever checkpoint there was is whole: the next attempt, with room, ends well.
void expect_whole_after_trouble(const Attempts& attempts, const Finished& finished) {
  EXPECT_EQ(finished.exit_status, 3) << finished.err << " signal " << finished.signal;
  EXPECT_EQ(lines_of(finished.err).size(), 1U) << finished.err;
  EXPECT_NE(finished.err.find("cannot be written: "), std::string::npos) << finished.err;
  for (const auto& [name, bytes] : bytes_below(attempts.out())) {
    EXPECT_EQ(name.find(".partial"), std::string::npos) << name;
  }
}

TEST(CheckpointDisk, KeepsThePreviousOneWhereFilesMayNotGrow) {
  const auto expected = Attempts(some_cells).uninterrupted();
  int troubles = 0;
  for (int run = 0; troubles < 20; ++run) {
    Attempts attempts(some_cells);
    for (int i = 0; i < 5 && troubles < 20; ++i) {
      // A checkpoint of some blocks; then none fits any more, or none that is much larger.
      attempts.surroundings().largest_file.reset();
      attempts.stopped({"--resume", "--checkpoint-every", "0.002"}, SIGKILL, 0.001 * run,
                       [&] { return attempts.has_checkpoint(); });
      if (!attempts.has_checkpoint()) break;
      const std::string before = contents(attempts.state());
      attempts.surroundings().largest_file = before.size() + 4096U * static_cast<unsigned>(i % 3);
      const Finished full = attempts.run({"--resume", "--checkpoint-every", "0.002"});
      if (full.exit_status == 0) break;
      expect_whole_after_trouble(attempts, full);
      EXPECT_LE(contents(attempts.state()).size(), *attempts.surroundings().largest_file);
      ++troubles;
    }
    attempts.surroundings().largest_file.reset();
    const Finished finished = attempts.run({"--resume"});
    ASSERT_EQ(finished.exit_status, 0) << finished.err;
    ASSERT_TRUE(attempts.results() == expected) << "run " << run;
  }
}

/// A file system of its own for as long as it lives.
class Disk {
 public:
  Disk(const std::filesystem::path& at, const char* options) : at_(at) {
    mounted_ = ::mount("none", at_.c_str(), "tmpfs", 0, options) == 0;
  }
  ~Disk() {
    if (mounted_) ::umount2(at_.c_str(), MNT_DETACH);
  }
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;

  bool mounted() const { return mounted_; }
  bool make_read_only() const { return ::mount("none", at_.c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, nullptr) == 0; }
  bool resize(const char* options) const { return ::mount("none", at_.c_str(), "tmpfs", MS_REMOUNT, options) == 0; }

 private:
  std::filesystem::path at_;
  bool mounted_ = false;
};

TEST(CheckpointDisk, KeepsThePreviousOneOnAFullOrReadOnlyDisk) {
  const Attempts attempts(some_cells);
  std::filesystem::create_directory(attempts.out());
  const Disk disk(attempts.out(), "size=1500k");
  if (!disk.mounted()) GTEST_SKIP() << "a small tmpfs cannot be mounted: " << std::strerror(errno);
  attempts.stopped({"--checkpoint-every", "0.002"}, SIGTERM, 0.0, [&] { return attempts.has_checkpoint(); });
  const auto before = bytes_below(attempts.out());
  ASSERT_TRUE(disk.make_read_only());
  expect_whole_after_trouble(attempts, attempts.run({"--resume"}));
  EXPECT_TRUE(bytes_below(attempts.out()) == before);
  ASSERT_TRUE(disk.resize("size=300k"));
  expect_whole_after_trouble(attempts, attempts.run({"--resume", "--checkpoint-every", "0.002"}));
  EXPECT_TRUE(attempts.has_checkpoint());
  ASSERT_TRUE(disk.resize("size=64m"));
  const Finished finished = attempts.run({"--resume"});
  ASSERT_EQ(finished.exit_status, 0) << finished.err;
  EXPECT_TRUE(attempts.results() == attempts.uninterrupted());
}

}  // namespace
}  // namespace logmargin::testing::checkpoint_disk_test
