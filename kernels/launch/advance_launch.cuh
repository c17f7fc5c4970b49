#pragma once

#include "kernels/runtime/index_lists.cuh"
#include "kernels/runtime/side_stream.cuh"

namespace logmargin {

/// Steps every point of decoupled data that is not dead so many steps from t on, on stream and on side. What stream is
/// given next waits for side.
template <class Number>
void advance_points(const PointColumns<Number>& points, std::int64_t t, std::int64_t steps, IndexLists& lists,
                    int multiprocessors, const SideStream& side, cudaStream_t stream);

/// Steps whole networks of coupled data.
template <class Number>
void advance_coupled_networks(const DeviceColumns<Number>& state, std::size_t networks, const Problem& problem,
                              std::int64_t t, std::int64_t steps, int multiprocessors, cudaStream_t stream);

}  // namespace logmargin
