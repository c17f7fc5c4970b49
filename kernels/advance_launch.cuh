#pragma once

#include "kernels/work_lists.cuh"

namespace logmargin {

/// Steps every point of decoupled data that is not dead.
template <class Number>
void advance_points(const PointColumns<Number>& points, std::int64_t steps, WorkLists& lists, int multiprocessors,
                    cudaStream_t stream);

/// Steps whole networks, coupled or not.
template <class Number>
void advance_networks(const DeviceColumns<Number>& state, std::size_t networks, const Problem& problem,
                      std::int64_t steps, int multiprocessors, cudaStream_t stream);

}  // namespace logmargin
