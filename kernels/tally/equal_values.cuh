#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "kernels/runtime/device_array.cuh"

namespace logmargin {

/// EqualValues counts equal numbers on the device. It takes all memory that it needs at once.
class EqualValues {
 public:
  /// Takes the memory for up to capacity values. Precondition: capacity < 2^31.
  explicit EqualValues(std::size_t capacity);

  /// A value takes so many bytes, without the workspace, which is some bytes for thousands of values.
  static constexpr std::size_t bytes_per_value = 2 * sizeof(double) + sizeof(unsigned) + 1;

  /// Returns where the values are written before they are counted. Counting leaves nothing there.
  double* values() { return first_.data(); }

  /// Returns how often each of the first size values occurs, in rising order. Waits for the stream.
  std::vector<std::pair<double, std::uint64_t>> count(std::size_t size, cudaStream_t stream);

 private:
  DeviceArray<double> first_, second_;
  DeviceArray<unsigned> occurrences_;
  DeviceArray<int> distinct_;
  DeviceArray<unsigned char> workspace_;
};

}  // namespace logmargin
