#pragma once

#include "kernels/runtime/device_array.cuh"
#include "kernels/runtime/point_list.hpp"
#include "kernels/runtime/thread_index.cuh"

namespace logmargin {

/// IndexList holds numbers of points or networks, and the device alone knows how many; or it stands for all numbers
/// below one known here.
struct IndexList {
  const std::uint32_t* entries;  ///< null for all numbers
  const unsigned* length;        ///< of entries
  std::size_t all;

  __device__ std::size_t size() const { return entries != nullptr ? *length : all; }
  __device__ std::size_t operator[](std::size_t k) const { return entries != nullptr ? entries[k] : k; }
};

inline IndexList all_below(std::size_t count) { return {nullptr, nullptr, count}; }

/// Returns a place of its own in a list of that length for each lane that wants one; for other lanes the result means
/// nothing. The order in which warps come to it changes nothing in what is listed. It is called by whole warps.
__device__ inline unsigned next_place(bool wanted, unsigned* length) {
  const unsigned together = __ballot_sync(whole_warp, wanted);
  if (together == 0) return 0;
  const int lane = lane_of_thread();
  unsigned first = 0;
  if (lane == 0) first = atomicAdd(length, static_cast<unsigned>(__popc(together)));
  first = __shfl_sync(whole_warp, first, 0);
  return first + static_cast<unsigned>(__popc(together & ((1U << lane) - 1U)));
}

/// Lists the entry of each lane that wants it. If entries is null, the lanes are only counted. It is called by whole
/// warps.
__device__ inline void append(bool wanted, std::uint32_t entry, std::uint32_t* entries, unsigned* length) {
  const unsigned place = next_place(wanted, length);
  if (wanted && entries != nullptr) entries[place] = entry;
}

/// IndexLists holds points or networks of a batch sorted by what they need. It is rewritten when the next are listed.
class IndexLists {
 public:
  explicit IndexLists(std::size_t networks);

  static constexpr std::size_t bytes_per_network = 4 * sizeof(std::uint32_t);

  struct Points {
    IndexList right_only, wrong_too;  ///< of each PointKind but the dead
  };
  template <class Number>
  Points list_points(const PointColumns<Number>& points, int multiprocessors, cudaStream_t stream);

  struct Networks {
    IndexList stuck, live;
  };
  /// Lists the stuck and the live networks of decoupled data.
  template <class Number>
  Networks list_networks(const DeviceColumns<Number>& state, std::size_t networks, int multiprocessors,
                         cudaStream_t stream);
  /// Selection is an empty list, for a kernel that appends to it. It is rewritten as the others are.
  struct Selection {
    std::uint32_t* entries;
    unsigned* length;

    IndexList list() const { return {entries, length, 0}; }
  };
  Selection start_selection(cudaStream_t stream);

  /// Returns how many networks of the last list_networks are in neither list. Waits.
  std::uint64_t count_idle(cudaStream_t stream) const;

 private:
  DeviceArray<std::uint32_t> first_, second_;
  DeviceArray<unsigned> lengths_;  ///< of first_, of second_, and how many are in neither
};

}  // namespace logmargin
