#include "host/engine/device.hpp"

#include <fmt/format.h>
#include <sched.h>

#include <algorithm>
#include <thread>

#include "host/engine/cpu/cpu_engine.hpp"
#include "host/engine/cpu/cpu_quota.hpp"
#include "host/engine/cuda/gpu_support.hpp"
#include "host/engine/reference_engine.hpp"
#include "host/error.hpp"
#include "host/plan/number.hpp"

namespace logmargin {

namespace {

std::unique_ptr<Engine> make_named_cpu_engine(std::string_view device, unsigned threads) {
  std::string names;
  for (const SimdDispatchTable& kernels : available_simd_dispatch_tables()) {
    if (device.substr(4) == kernels.name) return make_cpu_engine(kernels, threads);
    names += fmt::format(" cpu:{}", kernels.name);
  }
  for (const std::string_view known : {"avx2", "avx512", "neon"}) {
    if (device.substr(4) == known) {
      throw DeviceError(
          fmt::format("--device: '{}' cannot be used: this processor has no {}; it can run{}", device, known, names));
    }
  }
  reject("--device", device, "allowed are auto, cpu, cuda, cuda:I, cuda:all, reference and, here," + names);
}

}  // namespace

bool takes_gpu(std::string_view device, const FallbackNote& note) {
  if (device == "cuda" || device == "cuda:all" || (device.starts_with("cuda:") && parse_whole(device.substr(5)))) {
    return true;
  }
  if (device != "auto") return false;
  const std::string trouble = gpu_unavailable_reason();
  if (!trouble.empty() && note) note(fmt::format("no GPU is used: {}", trouble));
  return trouble.empty();
}

std::unique_ptr<Engine> make_engine(std::string_view device, unsigned threads, const FallbackNote& note) {
  if (takes_gpu(device, note)) return make_gpu_engine(device == "auto" ? "cuda" : device);
  if (device == "auto" || device == "cpu") return make_cpu_engine(available_simd_dispatch_tables().back(), threads);
  if (device.starts_with("cpu:")) return make_named_cpu_engine(device, threads);
  if (device == "reference") return make_reference_engine();
  reject("--device", device, "allowed are auto, cpu, cpu:ISA, cuda, cuda:I, cuda:all, reference");
}

unsigned available_threads() {
  cpu_set_t allowed;
  const unsigned cores = sched_getaffinity(0, sizeof allowed, &allowed) == 0
                             ? static_cast<unsigned>(CPU_COUNT(&allowed))
                             : std::max(1U, std::thread::hardware_concurrency());
  return threads_within(cores, cpu_quota());
}

std::string cells_left_to_processors(const Engine& engine, const std::vector<CellRun>& cells) {
  const auto left =
      std::count_if(cells.begin(), cells.end(), [&](const CellRun& cell) { return !engine.supports(cell); });
  if (left == 0) return "";
  return fmt::format(
      "the CPU runs {} of {} cells, with the same results; GPUs take no weights from a file and do not leap networks "
      "whose points act on "
      "each other",
      left, cells.size());
}

std::string devices_text() {
  std::string text;
  const auto kernels = available_simd_dispatch_tables();
  for (const SimdDispatchTable& kernel : kernels) {
    text += fmt::format("cpu:{:<8} {} lane{} of double{}\n", kernel.name, kernel.lanes, kernel.lanes == 1 ? "" : "s",
                        kernel.name == kernels.back().name ? "  (cpu takes this)" : "");
  }
  text += fmt::format("             {} thread{}\n", available_threads(), available_threads() == 1 ? "" : "s");
  text += "reference    1 network at a time, 1 thread: what the others are tested against\n";
  return text + gpu_devices_text();
}

}  // namespace logmargin
