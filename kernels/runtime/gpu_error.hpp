#pragma once

#include <stdexcept>

namespace logmargin {

/// GpuError says that a CUDA call failed. The message says where, what was asked of the device, and the device's
/// answer.
struct GpuError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// GpuOutOfMemory says that the device has too little memory for what was asked; less may fit.
struct GpuOutOfMemory : GpuError {
  using GpuError::GpuError;
};

}  // namespace logmargin
