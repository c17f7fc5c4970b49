#pragma once

#include "host/engine/cuda/gpu_support.hpp"
#include "kernels/runtime/gpu_description.hpp"

namespace logmargin {

/// Measures the throughput of a device. Throws DeviceError where the device fails, or where its states are not the
/// CPU's.
GpuThroughput measure_throughput_of(const GpuDevice& device, std::size_t networks, std::int64_t steps,
                                    Precision precision, bool coupled);

}  // namespace logmargin
