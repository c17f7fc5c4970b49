#pragma once

#include <cuda_runtime_api.h>

#include <source_location>
#include <string_view>

namespace logmargin {

/// Throws GpuError, or GpuOutOfMemory, unless the status is success. asked: the call, or what it was to do.
void check(cudaError_t status, std::string_view asked, std::source_location where = std::source_location::current());

/// Prints the same message on stderr. It is for destructors, which may not throw.
void report(cudaError_t status, std::string_view asked,
            std::source_location where = std::source_location::current()) noexcept;

/// Throws, after a launch, as check does for the error that the launch itself met.
void check_launch(std::string_view kernel, std::source_location where = std::source_location::current());

}  // namespace logmargin
