#pragma once

#include <cstddef>

namespace logmargin {

inline constexpr unsigned whole_warp = 0xffffffffU;
inline constexpr int warp_lanes = 32;

/// Returns the thread's number among all of a launch with blocks in a row.
__device__ inline std::size_t global_thread() { return std::size_t{blockIdx.x} * blockDim.x + threadIdx.x; }

__device__ inline int lane_of_thread() { return static_cast<int>(threadIdx.x) % warp_lanes; }

}  // namespace logmargin
