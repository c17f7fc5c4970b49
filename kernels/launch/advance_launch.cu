#include "kernels/device/advance_body.hpp"
#include "kernels/launch/advance_launch.cuh"
#include "kernels/runtime/launch_shape.hpp"
#include "kernels/runtime/thread_index.cuh"

namespace logmargin {

namespace {

/// Steps the listed settled points. It is launched for the longest list that there could be.
template <int InFlight, class Number>
__global__ void __launch_bounds__(threads_per_block)
    advance_settled(PointColumns<Number> points, IndexList list, std::int64_t steps) {
  const std::size_t length = list.size();
  const std::size_t threads = (length + InFlight - 1) / InFlight;
  const std::size_t thread = global_thread();
  if (thread >= threads) return;
  advance_settled_points<InFlight>(points, list.entries, length, thread, threads, steps);
}

struct AllOfWarp {
  __device__ bool operator()(bool holds) const { return __all_sync(whole_warp, holds) != 0; }
};

template <int InFlight, class Number>
__global__ void __launch_bounds__(threads_per_block)
    advance_moving(PointColumns<Number> points, IndexList list, std::int64_t steps) {
  const std::size_t length = list.size();
  const std::size_t threads = (length + InFlight - 1) / InFlight;
  const std::size_t thread = global_thread();
  if (thread >= threads) return;
  advance_moving_points<InFlight>(points, list.entries, length, thread, threads, steps, AllOfWarp{});
}

template <class Number>
__global__ void __launch_bounds__(threads_per_block)
    advance_coupled(DeviceColumns<Number> state, std::size_t networks, Problem problem, std::int64_t steps) {
  const std::size_t i = global_thread();
  if (i >= networks) return;
  const auto network = state.template load<Network<Number>>(0, i);
  state.store(advance_coupled_network(Rates<Number>(problem), network, steps, AllOfWarp{}), 0, i);
}

/// Steps moving and settled points side by side: points that move take longer for a step, and are few.
template <int InFlight, class Number>
void launch_points(const LaunchShape& shape, const PointColumns<Number>& points, const IndexLists::Points& lists,
                   std::int64_t steps, const SideStream& side, cudaStream_t stream) {
  side.fork_from(stream);
  advance_moving<InFlight><<<shape.blocks, shape.threads_per_block, 0, side.get()>>>(points, lists.moving, steps);
  check_launch("advance_moving");
  advance_settled<InFlight><<<shape.blocks, shape.threads_per_block, 0, stream>>>(points, lists.settled, steps);
  check_launch("advance_settled");
  side.join(stream);
}

}  // namespace

template <class Number>
void advance_points(const PointColumns<Number>& points, std::int64_t steps, IndexLists& lists, int multiprocessors,
                    const SideStream& side, cudaStream_t stream) {
  const IndexLists::Points listed = lists.list_points(points, multiprocessors, stream);
  const LaunchShape shape = shape_for_points(2 * points.networks, multiprocessors);
  const auto launch = shape.in_flight == 1 ? launch_points<1, Number> : launch_points<2, Number>;
  launch(shape, points, listed, steps, side, stream);
}

template <class Number>
void advance_coupled_networks(const DeviceColumns<Number>& state, std::size_t networks, const Problem& problem,
                              std::int64_t steps, int multiprocessors, cudaStream_t stream) {
  const LaunchShape shape = shape_for_networks(networks, multiprocessors);
  advance_coupled<<<shape.blocks, shape.threads_per_block, 0, stream>>>(state, networks, problem, steps);
  check_launch("advance_coupled");
}

template void advance_points(const PointColumns<double>&, std::int64_t, IndexLists&, int, const SideStream&,
                             cudaStream_t);
template void advance_points(const PointColumns<Pair<float>>&, std::int64_t, IndexLists&, int, const SideStream&,
                             cudaStream_t);
template void advance_coupled_networks(const DeviceColumns<double>&, std::size_t, const Problem&, std::int64_t, int,
                                       cudaStream_t);
template void advance_coupled_networks(const DeviceColumns<Pair<float>>&, std::size_t, const Problem&, std::int64_t,
                                       int, cudaStream_t);

}  // namespace logmargin
