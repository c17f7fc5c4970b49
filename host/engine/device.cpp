#include "host/engine/device.hpp"

#include <fmt/format.h>
#include <sched.h>

#include <thread>

#include "host/engine/cpu_engine.hpp"
#include "host/error.hpp"
#include "host/plan/number.hpp"

namespace logmargin {

namespace {

constexpr std::string_view no_gpu_reason = "this build has no CUDA engine";

std::unique_ptr<Engine> make_named_cpu_engine(std::string_view device, unsigned threads) {
  std::string names;
  for (const LaneKernels& kernels : available_lane_kernels()) {
    if (device.substr(4) == kernels.name) return make_cpu_engine(kernels, threads);
    names += fmt::format(" cpu:{}", kernels.name);
  }
  for (const std::string_view known : {"avx2", "avx512", "neon"}) {
    if (device.substr(4) == known) {
      throw DeviceError(
          fmt::format("--device: '{}' cannot be used: this processor has no {}; it can run{}", device, known, names));
    }
  }
  reject("--device", device, "allowed are auto, cpu, cuda, cuda:I and, here," + names);
}

}  // namespace

std::unique_ptr<Engine> make_engine(std::string_view device, unsigned threads) {
  if (device == "auto" || device == "cpu") return make_cpu_engine(available_lane_kernels().back(), threads);
  if (device.starts_with("cpu:")) return make_named_cpu_engine(device, threads);
  if (device == "cuda" || (device.starts_with("cuda:") && parse_whole(device.substr(5)))) {
    throw DeviceError(fmt::format("--device: '{}' cannot be used: {}; auto or cpu is allowed", device, no_gpu_reason));
  }
  reject("--device", device, "allowed are auto, cpu, cpu:ISA, cuda, cuda:I");
}

unsigned available_threads() {
  cpu_set_t allowed;
  if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) return static_cast<unsigned>(CPU_COUNT(&allowed));
  return std::max(1U, std::thread::hardware_concurrency());
}

std::string devices_text() {
  std::string text;
  const auto kernels = available_lane_kernels();
  for (const LaneKernels& kernel : kernels) {
    text += fmt::format("cpu:{:<8} {} lane{} of double{}\n", kernel.name, kernel.lanes, kernel.lanes == 1 ? "" : "s",
                        kernel.name == kernels.back().name ? "  (cpu and auto take this)" : "");
  }
  text += fmt::format("             {} thread{}\n", available_threads(), available_threads() == 1 ? "" : "s");
  return text + fmt::format("cuda         not used: {}\n", no_gpu_reason);
}

}  // namespace logmargin
