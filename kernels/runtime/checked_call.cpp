#include "kernels/runtime/checked_call.hpp"

#include <cstdio>
#include <string>

#include "kernels/runtime/gpu_error.hpp"

namespace logmargin {

namespace {

std::string message_of(cudaError_t status, std::string_view asked, const std::source_location& where) {
  std::string message = where.file_name();
  message += ':' + std::to_string(where.line()) + ": " + std::string(asked) + ": ";
  message += cudaGetErrorString(status);
  return message + " (" + cudaGetErrorName(status) + ')';
}

}  // namespace

void check(cudaError_t status, std::string_view asked, std::source_location where) {
  if (status == cudaSuccess) return;
  // Errors that do not spoil the context would otherwise be met again by the next launch.
  static_cast<void>(cudaGetLastError());
  const std::string message = message_of(status, asked, where);
  if (status == cudaErrorMemoryAllocation) throw GpuOutOfMemory(message);
  throw GpuError(message);
}

void report(cudaError_t status, std::string_view asked, std::source_location where) noexcept {
  if (status == cudaSuccess) return;
  try {
    std::fprintf(stderr, "logmargin: %s\n", message_of(status, asked, where).c_str());
  } catch (...) {
    std::fputs("logmargin: a CUDA call failed, and so did reporting it\n", stderr);
  }
}

void check_launch(std::string_view kernel, std::source_location where) {
  check(cudaGetLastError(), "launch of " + std::string(kernel), where);
}

}  // namespace logmargin
