#include <fmt/format.h>

#include "host/engine/cuda/gpu_support.hpp"
#include "host/error.hpp"

namespace logmargin {

namespace {

[[noreturn]] void refuse(std::string_view device) {
  throw DeviceError(
      fmt::format("--device: '{}' cannot be used: {}; auto or cpu is allowed", device, gpu_unavailable_reason()));
}

}  // namespace

std::string gpu_unavailable_reason() { return "this build has no CUDA engine"; }

std::string gpu_for_local_rank(unsigned) { return "cuda"; }

std::string gpu_devices_text() { return fmt::format("cuda         not used: {}\n", gpu_unavailable_reason()); }

std::unique_ptr<Engine> make_gpu_engine(std::string_view device) { refuse(device); }

GpuThroughput measure_gpu_throughput(std::string_view device, std::uint64_t, std::int64_t, Precision, bool) {
  refuse(device);
}

}  // namespace logmargin
