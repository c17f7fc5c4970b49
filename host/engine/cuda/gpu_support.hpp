#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "host/engine/engine.hpp"

namespace logmargin {

// These functions say what this build can do with GPUs. One of gpu_support_cuda.cpp and gpu_support_none.cpp is built.

/// Says in words why no GPU can be used. The reason is that of all GPUs, or else that of the first. The text is empty
/// where a GPU can be used.
std::string gpu_unavailable_reason();

/// Returns "cuda:I" of the GPU that a process takes when processes take turns; "cuda" where none can be used.
std::string gpu_for_local_rank(unsigned turn);

/// Returns a line for each GPU, and the versions of driver and runtime.
std::string gpu_devices_text();

/// Makes the engine of a device: cuda (the first), cuda:I, or cuda:all. Throws DeviceError with the reason where it
/// cannot be used, UsageError for another word.
std::unique_ptr<Engine> make_gpu_engine(std::string_view device);

/// GpuThroughput is the lockstep speed of one GPU, where the right neuron fires alone at every point and none is
/// skipped.
struct GpuThroughput {
  std::string device;
  std::uint64_t networks;
  std::int64_t steps;  ///< of one launch
  bool coupled;
  Precision precision;
  double operations_per_network_step;  ///< lane instructions of FP64, in mixed precision of FP32
  double network_steps_per_s;
  double bound_per_s;  ///< their issue rate at the highest clock over operations_per_network_step

  double fraction() const { return network_steps_per_s / bound_per_s; }
  double seconds_per_step() const { return static_cast<double>(networks) / network_steps_per_s; }
};

/// Returns the best of several launches, after its states have been checked against the CPU's. Throws as
/// make_gpu_engine does.
GpuThroughput measure_gpu_throughput(std::string_view device, std::uint64_t networks, std::int64_t steps,
                                     Precision precision, bool coupled);

}  // namespace logmargin
