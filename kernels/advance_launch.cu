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

__global__ void list_points(PointColumns points, std::uint32_t* settled, std::uint32_t* moving, unsigned* lengths) {
  const std::size_t point = global_thread();
  PointKind kind = PointKind::dead;
  if (point < 2 * points.networks) {
    kind = kind_of(points.rate(point), PointState<double>{points.correct(point), points.wrong(point)});
  }
  append(kind == PointKind::settled, static_cast<std::uint32_t>(point), settled, lengths);
  append(kind == PointKind::moving, static_cast<std::uint32_t>(point), moving, lengths + 1);
}

/// Launched for the longest list there could be; the length is known on the device alone.
template <int InFlight>
__global__ void __launch_bounds__(threads_per_block)
    advance_settled(PointColumns points, const std::uint32_t* listed, const unsigned* length, std::int64_t steps) {
  const std::size_t threads = (std::size_t{*length} + InFlight - 1) / InFlight;
  const std::size_t thread = global_thread();
  if (thread >= threads) return;
  advance_settled_points<InFlight>(points, listed, *length, thread, threads, steps);
}

template <int InFlight>
__global__ void __launch_bounds__(threads_per_block)
    advance_moving(PointColumns points, const std::uint32_t* listed, const unsigned* length, std::int64_t steps) {
  const std::size_t threads = (std::size_t{*length} + InFlight - 1) / InFlight;
  const std::size_t thread = global_thread();
  if (thread >= threads) return;
  advance_moving_points<InFlight>(points, listed, *length, thread, threads, steps);
}

template <bool Coupled>
__global__ void __launch_bounds__(threads_per_block)
    advance_whole(NetworkColumns columns, std::size_t networks, Problem problem, std::int64_t steps) {
  const std::size_t i = global_thread();
  if (i >= networks) return;
  const auto network = columns.load<Network<double>>(0, i);
  columns.store(advance_network<Coupled>(Rates<double>(problem), network, steps), 0, i);
}

template <int InFlight>
void launch_points(const LaunchShape& shape, const PointColumns& points, const std::uint32_t* settled,
                   const std::uint32_t* moving, const unsigned* lengths, std::int64_t steps, cudaStream_t stream) {
  advance_settled<InFlight><<<shape.blocks, shape.threads_per_block, 0, stream>>>(points, settled, lengths, steps);
  check_launch("advance_settled");
  advance_moving<InFlight><<<shape.blocks, shape.threads_per_block, 0, stream>>>(points, moving, lengths + 1, steps);
  check_launch("advance_moving");
}

}  // namespace

PointLists::PointLists(std::size_t networks)
    : settled_(2 * networks, "settled points"), moving_(2 * networks, "moving points"), lengths_(2, "list lengths") {}

void PointLists::advance(const PointColumns& points, std::int64_t steps, int multiprocessors, cudaStream_t stream) {
  lengths_.zero(2, stream);
  const LaunchShape list_shape = shape_for_networks(2 * points.networks, multiprocessors);
  list_points<<<list_shape.blocks, list_shape.threads_per_block, 0, stream>>>(points, settled_.data(), moving_.data(),
                                                                              lengths_.data());
  check_launch("list_points");
  const LaunchShape shape = shape_for_points(2 * points.networks, multiprocessors);
  const auto launch = shape.in_flight == 1   ? launch_points<1>
                      : shape.in_flight == 2 ? launch_points<2>
                                             : launch_points<4>;
  launch(shape, points, settled_.data(), moving_.data(), lengths_.data(), steps, stream);
}

void advance_networks(const NetworkColumns& columns, std::size_t networks, const Problem& problem, std::int64_t steps,
                      int multiprocessors, cudaStream_t stream) {
  const LaunchShape shape = shape_for_networks(networks, multiprocessors);
  const auto kernel = problem.decoupled() ? advance_whole<false> : advance_whole<true>;
  kernel<<<shape.blocks, shape.threads_per_block, 0, stream>>>(columns, networks, problem, steps);
  check_launch("advance_whole");
}

}  // namespace logmargin
