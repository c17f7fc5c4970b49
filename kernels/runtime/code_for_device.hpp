#pragma once

#include <cuda_runtime_api.h>

namespace logmargin {

/// Returns cudaErrorNoKernelImageForDevice where this program was compiled for other GPUs than the current device.
cudaError_t status_of_code();

}  // namespace logmargin
