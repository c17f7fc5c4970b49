#include "host/engine/cpu/cpu_quota.hpp"

#include <gtest/gtest.h>

#include "tests/host/results/scratch_folder.hpp"

namespace logmargin::cpu_quota_test {
namespace {

using testing::ScratchFolder;

/// A machine's /proc and /sys.
class Machine {
 public:
  Machine() = default;
  /// With version 2 of control groups, of which what is mounted begins at the root.
  explicit Machine(const std::string& group, const std::string& root = "/") {
    has("proc/self/cgroup", "0::" + group + "\n");
    has("proc/self/mountinfo", "22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n25 22 0:22 " + root +
                                   " /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n");
  }

  void has(const std::string& file, const std::string& text) const {
    std::filesystem::create_directories((scratch_ / file).parent_path());
    testing::write_text(scratch_ / file, text);
  }
  std::optional<double> quota() const { return cpu_quota(scratch_.path()); }

 private:
  ScratchFolder scratch_;
};

TEST(CpuQuota, IsTheLeastOfTheGroupAndThoseAbove) {
  const Machine machine("/system.slice/job/step");
  machine.has("sys/fs/cgroup/system.slice/cpu.max", "max 100000\n");
  EXPECT_EQ(machine.quota(), std::nullopt);
  machine.has("sys/fs/cgroup/system.slice/job/step/cpu.max", "400000 100000\n");
  EXPECT_EQ(machine.quota(), 4.0);
  machine.has("sys/fs/cgroup/system.slice/job/cpu.max", "75000 50000\n");
  EXPECT_EQ(machine.quota(), 1.5);
  machine.has("sys/fs/cgroup/system.slice/other/cpu.max", "1000 100000\n");
  EXPECT_EQ(machine.quota(), 1.5);
}

TEST(CpuQuota, IsThatOfAContainer) {
  const Machine with_a_view_of_its_own("/");
  with_a_view_of_its_own.has("sys/fs/cgroup/cpu.max", "200000 100000\n");
  EXPECT_EQ(with_a_view_of_its_own.quota(), 2.0);
  const Machine mounted_alone("/docker/0123/inner", "/docker/0123");
  mounted_alone.has("sys/fs/cgroup/cpu.max", "300000 100000\n");
  mounted_alone.has("sys/fs/cgroup/inner/cpu.max", "250000 100000\n");
  EXPECT_EQ(mounted_alone.quota(), 2.5);
}

TEST(CpuQuota, IsKnownOfTheFirstVersionToo) {
  const Machine machine;
  machine.has("proc/self/cgroup", "11:memory:/a\n4:cpu,cpuacct:/slurm/job_7\n1:name=systemd:/a\n");
  machine.has("proc/self/mountinfo",
              "30 22 0:27 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
              "31 22 0:28 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n");
  const std::string group = "sys/fs/cgroup/cpu,cpuacct/slurm/job_7/";
  machine.has(group + "cpu.cfs_quota_us", "-1\n");
  machine.has(group + "cpu.cfs_period_us", "100000\n");
  EXPECT_EQ(machine.quota(), std::nullopt);
  machine.has(group + "cpu.cfs_quota_us", "350000\n");
  EXPECT_EQ(machine.quota(), 3.5);
}

TEST(CpuQuota, IsNoneWhereNothingIsKnown) {
  EXPECT_EQ(Machine().quota(), std::nullopt);
  const Machine machine("/a");
  for (const char* text : {"", "\n", "x y\n", "100000\n", "0 100000\n", "1 0\n"}) {
    machine.has("sys/fs/cgroup/a/cpu.max", text);
    EXPECT_EQ(machine.quota(), std::nullopt) << text;
  }
  machine.has("proc/self/cgroup", "nonsense\n:\n\n");
  EXPECT_EQ(machine.quota(), std::nullopt);
}

TEST(ThreadsWithin, AreTheQuotaRoundedUpAndNoMoreThanTheCores) {
  EXPECT_EQ(threads_within(16, std::nullopt), 16U);
  EXPECT_EQ(threads_within(16, 2.0), 2U);
  EXPECT_EQ(threads_within(16, 2.1), 3U);
  EXPECT_EQ(threads_within(16, 0.2), 1U);
  EXPECT_EQ(threads_within(2, 8.0), 2U);
}

}  // namespace
}  // namespace logmargin::cpu_quota_test
