#pragma once

#include <cstdint>

#include "kernels/runtime/device_array.cuh"

namespace logmargin {

/// OverflowEntry is a value whose bin has no counter of its own.
struct OverflowEntry {
  std::int64_t bin;
  std::uint32_t record;
  std::int32_t quantity;  ///< negative: a place left empty
};

using Counter64 = unsigned long long;  // what CUDA's atomics take

/// OverflowView is what kernels see of the list. A network whose values do not fit stops before it counts anything at
/// that record. The host then empties the list and launches again, and the network goes on from there.
struct OverflowView {
  OverflowEntry* entries;
  Counter64* used;        ///< may pass capacity
  Counter64* unfinished;  ///< networks that stopped
  Counter64 capacity;

  /// Reserves room for all wanted entries of one network, or returns false. At least one network of a launch gets its
  /// room if capacity is not below what one may want.
  __device__ bool reserve(unsigned wanted, Counter64& first) const {
    if (wanted == 0) return true;
    first = atomicAdd(used, static_cast<Counter64>(wanted));
    if (first + wanted <= capacity) return true;
    for (Counter64 i = first; i < capacity; ++i) entries[i] = {0, 0, -1};
    return false;
  }
};

/// OverflowList holds the list's memory.
class OverflowList {
 public:
  explicit OverflowList(std::size_t capacity)
      : entries_(capacity, "overflow list"), counters_(2, "overflow counters") {}

  OverflowView view() {
    return {entries_.data(), counters_.data(), counters_.data() + 1, static_cast<Counter64>(entries_.size())};
  }
  void clear(cudaStream_t stream) { counters_.zero(2, stream); }

  struct Contents {
    std::vector<OverflowEntry> entries;
    bool complete;  ///< no network stopped
  };
  /// Returns what was listed. Waits for the stream.
  Contents download(cudaStream_t stream) const {
    const std::vector<Counter64> counters = counters_.download(2, stream);
    const std::size_t used = counters[0] < entries_.size() ? static_cast<std::size_t>(counters[0]) : entries_.size();
    return {used == 0 ? std::vector<OverflowEntry>() : entries_.download(used, stream), counters[1] == 0};
  }

 private:
  DeviceArray<OverflowEntry> entries_;
  DeviceArray<Counter64> counters_;
};

}  // namespace logmargin
