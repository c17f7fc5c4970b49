#pragma once

#include <cuda_runtime_api.h>

#include <source_location>
#include <string_view>

namespace logmargin {

/// Throws GpuError, or GpuOutOfMemory, unless the status is success. asked: the call, or what it was to do.
void check(cudaError_t status, std::string_view asked, std::source_location where = std::source_location::current());

/// For destructors, which may not throw: the same message on stderr.
void report(cudaError_t status, std::string_view asked,
            std::source_location where = std::source_location::current()) noexcept;

/// After a launch: what the launch itself met.
void check_launch(std::string_view kernel, std::source_location where = std::source_location::current());

}  // namespace logmargin
