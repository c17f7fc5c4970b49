#include <fmt/format.h>

#include "host/engine/cuda/cuda_engine.hpp"
#include "host/engine/cuda/gpu_support.hpp"
#include "host/engine/cuda/gpu_throughput.hpp"
#include "host/error.hpp"
#include "host/plan/number.hpp"
#include "kernels/runtime/driver_trouble.hpp"

namespace logmargin {

namespace {

[[noreturn]] void refuse(std::string_view device, const std::string& reason) {
  throw DeviceError(fmt::format("--device: '{}' cannot be used: {}; auto or cpu is allowed", device, reason));
}

std::vector<GpuDevice> usable_devices(const GpuDescription& report) {
  std::vector<GpuDevice> usable;
  for (const GpuDevice& device : report.devices) {
    if (device.trouble.empty()) usable.push_back(device);
  }
  return usable;
}

std::string trouble_of(const GpuDescription& report) {
  if (!report.trouble.empty()) return report.trouble;
  return usable_devices(report).empty() ? report.devices.front().trouble : "";
}

std::vector<GpuDevice> devices_named(std::string_view name) {
  const GpuDescription report = report_gpus();
  if (const std::string trouble = trouble_of(report); !trouble.empty()) refuse(name, trouble);
  std::vector<GpuDevice> usable = usable_devices(report);
  if (name == "cuda:all") return usable;
  if (name == "cuda") return {usable.front()};
  const auto index = parse_whole(name.substr(std::string_view("cuda:").size()));
  if (!index) reject("--device", name, "allowed are auto, cpu, cpu:ISA, cuda, cuda:I, cuda:all, reference");
  if (*index >= static_cast<double>(report.devices.size())) {
    refuse(name, fmt::format("this machine's GPUs are cuda:0 to cuda:{}", report.devices.size() - 1));
  }
  const GpuDevice& device = report.devices[static_cast<std::size_t>(*index)];
  if (!device.trouble.empty()) refuse(name, device.trouble);
  return {device};
}

}  // namespace

std::string gpu_unavailable_reason() { return trouble_of(report_gpus()); }

std::string gpu_for_local_rank(unsigned turn) {
  std::vector<int> usable;
  for (const GpuDevice& device : report_gpus().devices) {
    if (device.trouble.empty()) usable.push_back(device.index);
  }
  return usable.empty() ? "cuda" : fmt::format("cuda:{}", usable[turn % usable.size()]);
}

std::string gpu_devices_text() {
  const GpuDescription report = report_gpus();
  std::string text;
  for (const GpuDevice& device : report.devices) {
    text +=
        fmt::format("cuda:{:<7} {}, compute capability {}.{}, {} multiprocessors, {:.1f} of {:.1f} GiB free{}\n",
                    device.index, device.name, device.major, device.minor, device.multiprocessors,
                    static_cast<double>(device.free_bytes) / 0x1p30, static_cast<double>(device.memory_bytes) / 0x1p30,
                    device.trouble.empty() ? "" : "; not used: " + device.trouble);
  }
  if (!report.trouble.empty()) text += fmt::format("cuda         not used: {}\n", report.trouble);
  return text + fmt::format("             CUDA driver {}, runtime {}\n",
                            report.driver_version == 0 ? "none" : version_text(report.driver_version),
                            version_text(report.runtime_version));
}

std::unique_ptr<Engine> make_gpu_engine(std::string_view device) { return make_cuda_engine(devices_named(device)); }

GpuThroughput measure_gpu_throughput(std::string_view device, std::uint64_t networks, std::int64_t steps,
                                     Precision precision, bool coupled) {
  return measure_throughput_of(devices_named(device).front(), static_cast<std::size_t>(networks), steps, precision,
                               coupled);
}

}  // namespace logmargin
