#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace logmargin {

/// GpuDevice is one GPU, as the runtime sees it.
struct GpuDevice {
  int index;
  std::string name;
  int major, minor;  ///< compute capability
  int multiprocessors;
  std::size_t memory_bytes, free_bytes;
  double clock_hz;      ///< highest
  std::string trouble;  ///< why it cannot be used; empty where it can

  /// Returns the number of arithmetic instructions of single lanes a second, at the highest clock.
  double fp64_per_second() const;
  double fp32_per_second() const;
};

struct GpuDescription {
  int driver_version;   ///< 13000 for CUDA 13.0; 0 without a driver
  int runtime_version;  ///< of this program
  std::string trouble;  ///< why no GPU at all can be used; empty where one may
  std::vector<GpuDevice> devices;
};

/// Asks the driver for its GPUs. It throws nothing but std::bad_alloc: trouble is part of the answer.
GpuDescription report_gpus();

}  // namespace logmargin
