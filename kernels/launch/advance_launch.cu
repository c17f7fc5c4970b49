#include "kernels/device/advance_body.hpp"
#include "kernels/launch/advance_launch.cuh"
#include "kernels/runtime/launch_shape.hpp"
#include "kernels/runtime/thread_index.cuh"

namespace logmargin {

namespace {

/// Steps the listed points. It is launched for the longest list that there could be.
template <std::size_t in_flight, class Number>
__global__ void __launch_bounds__(threads_per_block)
    advance_listed(PointColumns<Number> points, IndexList list, std::int64_t t, std::int64_t steps) {
  const std::size_t length = list.size();
  const std::size_t threads = (length + in_flight - 1) / in_flight;
  const std::size_t thread = global_thread();
  if (thread >= threads) return;
  advance_points_of_thread<in_flight>(points, list.entries, length, thread, threads, t, steps);
}

template <class Number>
__global__ void __launch_bounds__(threads_per_block)
    advance_coupled(DeviceColumns<Number> state, std::size_t networks, Problem problem, std::int64_t t,
                    std::int64_t steps) {
  const std::size_t i = global_thread();
  if (i >= networks) return;
  auto network = state.template load<CarriedNetwork<Number>>(0, i);
  descend<true>(Rates<Number>(problem), network, t, steps);
  state.store(network, 0, i);
}

/// Steps both kinds of points side by side: those where the wrong neuron fires take longer for a step, and are few.
template <std::size_t in_flight, class Number>
void launch_points(const LaunchShape& shape, const PointColumns<Number>& points, const IndexLists::Points& lists,
                   std::int64_t t, std::int64_t steps, const SideStream& side, cudaStream_t stream) {
  side.fork_from(stream);
  advance_listed<in_flight>
      <<<shape.blocks, shape.threads_per_block, 0, side.get()>>>(points, lists.wrong_too, t, steps);
  check_launch("advance_listed");
  advance_listed<in_flight><<<shape.blocks, shape.threads_per_block, 0, stream>>>(points, lists.right_only, t, steps);
  check_launch("advance_listed");
  side.join(stream);
}

}  // namespace

template <class Number>
void advance_points(const PointColumns<Number>& points, std::int64_t t, std::int64_t steps, IndexLists& lists,
                    int multiprocessors, const SideStream& side, cudaStream_t stream) {
  const IndexLists::Points listed = lists.list_points(points, multiprocessors, stream);
  const LaunchShape shape = shape_for_points(2 * points.networks, multiprocessors);
  const auto launch = shape.in_flight == 1 ? launch_points<1, Number> : launch_points<2, Number>;
  launch(shape, points, listed, t, steps, side, stream);
}

template <class Number>
void advance_coupled_networks(const DeviceColumns<Number>& state, std::size_t networks, const Problem& problem,
                              std::int64_t t, std::int64_t steps, int multiprocessors, cudaStream_t stream) {
  const LaunchShape shape = shape_for_networks(networks, multiprocessors);
  advance_coupled<<<shape.blocks, shape.threads_per_block, 0, stream>>>(state, networks, problem, t, steps);
  check_launch("advance_coupled");
}

template void advance_points(const PointColumns<double>&, std::int64_t, std::int64_t, IndexLists&, int,
                             const SideStream&, cudaStream_t);
template void advance_points(const PointColumns<Pair<float>>&, std::int64_t, std::int64_t, IndexLists&, int,
                             const SideStream&, cudaStream_t);
template void advance_coupled_networks(const DeviceColumns<double>&, std::size_t, const Problem&, std::int64_t,
                                       std::int64_t, int, cudaStream_t);
template void advance_coupled_networks(const DeviceColumns<Pair<float>>&, std::size_t, const Problem&, std::int64_t,
                                       std::int64_t, int, cudaStream_t);

}  // namespace logmargin
