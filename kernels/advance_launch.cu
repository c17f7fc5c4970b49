#include "kernels/advance_body.hpp"
#include "kernels/advance_launch.cuh"
#include "kernels/launch_shape.hpp"

namespace logmargin {

namespace {

__device__ std::size_t global_thread() { return std::size_t{blockIdx.x} * blockDim.x + threadIdx.x; }

/// A place in the list for each lane that wants one. The order of the list changes nothing in any point.
__device__ void append(bool wanted, std::uint32_t point, std::uint32_t* list, unsigned* length) {
  const unsigned together = __ballot_sync(0xffffffffU, wanted);
  if (together == 0) return;
  const unsigned lane = threadIdx.x % 32;
  unsigned first = 0;
  if (lane == 0) first = atomicAdd(length, static_cast<unsigned>(__popc(together)));
  first = __shfl_sync(0xffffffffU, first, 0);
  if (wanted) list[first + static_cast<unsigned>(__popc(together & ((1U << lane) - 1U)))] = point;
}

template <class Number>
__global__ void list_points(PointColumns<Number> points, std::uint32_t* settled, std::uint32_t* moving,
                            unsigned* lengths) {
  const std::size_t point = global_thread();
  PointKind kind = PointKind::dead;
  if (point < 2 * points.networks) {
    kind = kind_of(points.rate(point), PointState<Number>{points.correct(point), points.wrong(point)});
  }
  append(kind == PointKind::settled, static_cast<std::uint32_t>(point), settled, lengths);
  append(kind == PointKind::moving, static_cast<std::uint32_t>(point), moving, lengths + 1);
}

/// Launched for the longest list there could be; the length is known on the device alone.
template <int InFlight, class Number>
__global__ void __launch_bounds__(threads_per_block)
    advance_settled(PointColumns<Number> points, const std::uint32_t* listed, const unsigned* length,
                    std::int64_t steps) {
  const std::size_t threads = (std::size_t{*length} + InFlight - 1) / InFlight;
  const std::size_t thread = global_thread();
  if (thread >= threads) return;
  advance_settled_points<InFlight>(points, listed, *length, thread, threads, steps);
}

template <int InFlight, class Number>
__global__ void __launch_bounds__(threads_per_block)
    advance_moving(PointColumns<Number> points, const std::uint32_t* listed, const unsigned* length,
                   std::int64_t steps) {
  const std::size_t threads = (std::size_t{*length} + InFlight - 1) / InFlight;
  const std::size_t thread = global_thread();
  if (thread >= threads) return;
  advance_moving_points<InFlight>(points, listed, *length, thread, threads, steps);
}

template <bool Coupled, class Number>
__global__ void __launch_bounds__(threads_per_block)
    advance_whole(DeviceColumns<Number> state, std::size_t networks, Problem problem, std::int64_t steps) {
  const std::size_t i = global_thread();
  if (i >= networks) return;
  const auto network = state.template load<Network<Number>>(0, i);
  state.store(advance_network<Coupled>(Rates<Number>(problem), network, steps), 0, i);
}

template <int InFlight, class Number>
void launch_points(const LaunchShape& shape, const PointColumns<Number>& points, const std::uint32_t* settled,
                   const std::uint32_t* moving, const unsigned* lengths, std::int64_t steps, cudaStream_t stream) {
  advance_settled<InFlight><<<shape.blocks, shape.threads_per_block, 0, stream>>>(points, settled, lengths, steps);
  check_launch("advance_settled");
  advance_moving<InFlight><<<shape.blocks, shape.threads_per_block, 0, stream>>>(points, moving, lengths + 1, steps);
  check_launch("advance_moving");
}

}  // namespace

PointLists::PointLists(std::size_t networks)
    : settled_(2 * networks, "settled points"), moving_(2 * networks, "moving points"), lengths_(2, "list lengths") {}

template <class Number>
void PointLists::advance(const PointColumns<Number>& points, std::int64_t steps, int multiprocessors,
                         cudaStream_t stream) {
  lengths_.zero(2, stream);
  const LaunchShape list_shape = shape_for_networks(2 * points.networks, multiprocessors);
  list_points<<<list_shape.blocks, list_shape.threads_per_block, 0, stream>>>(points, settled_.data(), moving_.data(),
                                                                              lengths_.data());
  check_launch("list_points");
  const LaunchShape shape = shape_for_points(2 * points.networks, multiprocessors);
  const auto launch = shape.in_flight == 1   ? launch_points<1, Number>
                      : shape.in_flight == 2 ? launch_points<2, Number>
                                             : launch_points<4, Number>;
  launch(shape, points, settled_.data(), moving_.data(), lengths_.data(), steps, stream);
}

template <class Number>
void advance_networks(const DeviceColumns<Number>& state, std::size_t networks, const Problem& problem,
                      std::int64_t steps, int multiprocessors, cudaStream_t stream) {
  const LaunchShape shape = shape_for_networks(networks, multiprocessors);
  const auto kernel = problem.decoupled() ? advance_whole<false, Number> : advance_whole<true, Number>;
  kernel<<<shape.blocks, shape.threads_per_block, 0, stream>>>(state, networks, problem, steps);
  check_launch("advance_whole");
}

template void PointLists::advance(const PointColumns<double>&, std::int64_t, int, cudaStream_t);
template void PointLists::advance(const PointColumns<Pair<float>>&, std::int64_t, int, cudaStream_t);
template void advance_networks(const DeviceColumns<double>&, std::size_t, const Problem&, std::int64_t, int,
                               cudaStream_t);
template void advance_networks(const DeviceColumns<Pair<float>>&, std::size_t, const Problem&, std::int64_t, int,
                               cudaStream_t);

}  // namespace logmargin
