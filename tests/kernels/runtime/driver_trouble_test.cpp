#include "kernels/runtime/driver_trouble.hpp"

#include <gtest/gtest.h>

namespace logmargin::driver_trouble_test {
namespace {

TEST(DriverTrouble, IsSaidInWords) {
  using enum DriverAnswer;
  EXPECT_EQ(driver_trouble(fine, 1, 13000, 13000, ""), "");
  EXPECT_EQ(driver_trouble(insufficient_driver, 0, 0, 13000, ""), "no NVIDIA driver is installed");
  EXPECT_EQ(driver_trouble(insufficient_driver, 0, 12040, 13000, ""),
            "the NVIDIA driver is too old: it supports CUDA 12.4, this program needs 13.0");
  EXPECT_EQ(driver_trouble(no_device, 0, 13000, 13000, ""), "the NVIDIA driver sees no GPU");
  EXPECT_EQ(driver_trouble(fine, 0, 13000, 13000, ""), "the NVIDIA driver sees no GPU");
  EXPECT_EQ(driver_trouble(out_of_memory, 0, 13000, 13000, ""), "the GPU is out of memory");
  EXPECT_EQ(driver_trouble(other, 0, 13000, 13000, "odd (cudaErrorOdd)"),
            "the NVIDIA driver answers: odd (cudaErrorOdd)");
}

}  // namespace
}  // namespace logmargin::driver_trouble_test
