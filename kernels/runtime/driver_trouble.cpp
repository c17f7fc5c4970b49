#include "kernels/runtime/driver_trouble.hpp"

namespace logmargin {

std::string version_text(int version) {
  return std::to_string(version / 1000) + '.' + std::to_string(version % 1000 / 10);
}

std::string driver_trouble(DriverAnswer answer, int devices, int driver_version, int runtime_version,
                           const std::string& message) {
  if (answer == DriverAnswer::fine && devices > 0) return "";
  if (driver_version == 0) return "no NVIDIA driver is installed";
  switch (answer) {
    case DriverAnswer::insufficient_driver:
      return "the NVIDIA driver is too old: it supports CUDA " + version_text(driver_version) +
             ", this program needs " + version_text(runtime_version);
    case DriverAnswer::out_of_memory:
      return "the GPU is out of memory";
    case DriverAnswer::fine:
    case DriverAnswer::no_device:
      return "the NVIDIA driver sees no GPU";
    case DriverAnswer::other:
      break;
  }
  return "the NVIDIA driver answers: " + message;
}

}  // namespace logmargin
