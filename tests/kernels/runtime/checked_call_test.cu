#include <gtest/gtest.h>

#include <string>

#include "kernels/runtime/checked_call.hpp"
#include "kernels/runtime/device_array.cuh"
#include "kernels/runtime/gpu_error.hpp"

namespace logmargin {
namespace {

std::string message_of(cudaError_t status) {
  try {
    check(status, "cudaFrobnicate of 7 doubles");
  } catch (const GpuError& error) {
    return error.what();
  }
  return "";
}

TEST(CheckedCall, SuccessIsSilent) { EXPECT_EQ(message_of(cudaSuccess), ""); }

TEST(CheckedCall, FailureNamesPlaceCallAndAnswer) {
  const std::string message = message_of(cudaErrorInvalidValue);
  EXPECT_NE(message.find("checked_call_test.cu:"), std::string::npos) << message;
  EXPECT_NE(message.find("cudaFrobnicate of 7 doubles"), std::string::npos) << message;
  EXPECT_NE(message.find("cudaErrorInvalidValue"), std::string::npos) << message;
}

TEST(CheckedCall, OutOfMemoryIsAKindOfItsOwn) {
  EXPECT_THROW(check(cudaErrorMemoryAllocation, "cudaMalloc"), GpuOutOfMemory);
  EXPECT_THROW(check(cudaErrorInvalidValue, "cudaMalloc"), GpuError);
}

TEST(CheckedCall, DestructorsReportWithoutThrowing) {
  ::testing::internal::CaptureStderr();
  report(cudaErrorInvalidValue, "cudaFree");
  const std::string message = ::testing::internal::GetCapturedStderr();
  EXPECT_NE(message.find("cudaFree"), std::string::npos);
  EXPECT_NE(message.find("cudaErrorInvalidValue"), std::string::npos);
}

/// With a GPU or without one, no device has this number.
TEST(CheckedCall, ARealCallThatMustFailDoes) {
  EXPECT_THROW(check(cudaSetDevice(1'000'000), "cudaSetDevice(1000000)"), GpuError);
}

/// More than any device has, or no device at all.
TEST(DeviceArray, SaysHowMuchWasAskedFor) {
  try {
    const DeviceArray<double> all(std::size_t{1} << 57, "everything");
    FAIL() << "2^60 bytes were allocated";
  } catch (const GpuError& error) {
    EXPECT_NE(std::string(error.what()).find("1152921504606846976 bytes for everything"), std::string::npos)
        << error.what();
  }
}

}  // namespace
}  // namespace logmargin
