#include "host/engine/cuda/nvidia_device.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/host/results/scratch_folder.hpp"

namespace logmargin::nvidia_device_test {

namespace {

namespace files = std::filesystem;

void add_pci_device(const files::path& root, const char* address, const char* vendor, const char* device_class) {
  const files::path folder = root / "sys/bus/pci/devices" / address;
  files::create_directories(folder);
  std::ofstream(folder / "vendor") << vendor << '\n';
  std::ofstream(folder / "class") << device_class << '\n';
}

TEST(NvidiaDevice, IsADisplayControllerOfThatVendor) {
  const testing::ScratchFolder scratch;
  const files::path root = scratch.path();
  EXPECT_FALSE(has_nvidia_device(root));
  add_pci_device(root, "0000:00:01.0", "0x8086", "0x030000");
  add_pci_device(root, "0000:00:02.0", "0x10de",
                 "0x040300");  // the sound of a GPU that is passed on to another machine
  EXPECT_FALSE(has_nvidia_device(root));
  add_pci_device(root, "0000:00:03.0", "0x10de", "0x030200");
  EXPECT_TRUE(has_nvidia_device(root));
}

TEST(NvidiaDevice, IsSeenByItsDriverInAContainer) {
  const testing::ScratchFolder scratch;
  files::create_directories(files::path(scratch.path()) / "dev");
  std::ofstream(files::path(scratch.path()) / "dev/nvidiactl") << "";
  EXPECT_TRUE(has_nvidia_device(scratch.path()));
}

}  // namespace

}  // namespace logmargin::nvidia_device_test
