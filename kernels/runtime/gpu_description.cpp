#include "kernels/runtime/gpu_description.hpp"

#include <cuda_runtime_api.h>

#include "kernels/runtime/code_for_device.hpp"
#include "kernels/runtime/driver_trouble.hpp"
#include "kernels/runtime/launch_shape.hpp"

namespace logmargin {

namespace {

DriverAnswer answer_of(cudaError_t status) {
  switch (status) {
    case cudaSuccess:
      return DriverAnswer::fine;
    case cudaErrorInsufficientDriver:
      return DriverAnswer::insufficient_driver;
    case cudaErrorNoDevice:
      return DriverAnswer::no_device;
    case cudaErrorMemoryAllocation:
      return DriverAnswer::out_of_memory;
    default:
      return DriverAnswer::other;
  }
}

/// Says why the device cannot be used. The text is empty where a context can be made and this program holds code for
/// the device.
std::string trouble_of(int index, std::size_t& free_bytes, std::size_t& total_bytes) {
  cudaError_t status = cudaSetDevice(index);
  if (status == cudaSuccess) status = cudaMemGetInfo(&free_bytes, &total_bytes);
  if (status == cudaSuccess) status = status_of_code();
  static_cast<void>(cudaGetLastError());
  if (status == cudaSuccess) return "";
  if (status == cudaErrorMemoryAllocation) return "it is out of memory";
  if (status == cudaErrorNoKernelImageForDevice) return "this program was built for other compute capabilities";
  return std::string(cudaGetErrorString(status)) + " (" + cudaGetErrorName(status) + ')';
}

GpuDevice device_at(int index) {
  GpuDevice device{};
  device.index = index;
  cudaDeviceProp properties;
  if (const cudaError_t status = cudaGetDeviceProperties(&properties, index); status != cudaSuccess) {
    device.trouble = cudaGetErrorString(status);
    return device;
  }
  device.name = properties.name;
  device.major = properties.major;
  device.minor = properties.minor;
  device.multiprocessors = properties.multiProcessorCount;
  device.memory_bytes = properties.totalGlobalMem;
  int kilohertz = 0;
  static_cast<void>(cudaDeviceGetAttribute(&kilohertz, cudaDevAttrClockRate, index));
  // The driver may not tell its clock rate. 1 GHz is then of the right size for the length of launches.
  device.clock_hz = kilohertz > 0 ? kilohertz * 1e3 : 1e9;
  device.trouble = trouble_of(index, device.free_bytes, device.memory_bytes);
  return device;
}

}  // namespace

double GpuDevice::fp64_per_second() const {
  return static_cast<double>(multiprocessors) * fp64_lanes_per_clock(major, minor) * clock_hz;
}

double GpuDevice::fp32_per_second() const {
  return static_cast<double>(multiprocessors) * fp32_lanes_per_clock(major, minor) * clock_hz;
}

GpuDescription report_gpus() {
  GpuDescription report{};
  if (cudaDriverGetVersion(&report.driver_version) != cudaSuccess) report.driver_version = 0;
  if (cudaRuntimeGetVersion(&report.runtime_version) != cudaSuccess) report.runtime_version = CUDART_VERSION;
  int count = 0;
  const cudaError_t status = cudaGetDeviceCount(&count);
  static_cast<void>(cudaGetLastError());
  report.trouble = driver_trouble(answer_of(status), count, report.driver_version, report.runtime_version,
                                  std::string(cudaGetErrorString(status)) + " (" + cudaGetErrorName(status) + ')');
  if (!report.trouble.empty()) return report;
  for (int index = 0; index < count; ++index) report.devices.push_back(device_at(index));
  return report;
}

}  // namespace logmargin
