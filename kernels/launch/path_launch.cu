#include "kernels/device/path_body.hpp"
#include "kernels/launch/path_launch.cuh"
#include "kernels/runtime/checked_call.hpp"
#include "kernels/runtime/launch_shape.hpp"
#include "kernels/runtime/thread_index.cuh"

namespace logmargin {

namespace {

template <class Optimizer, class OfLoss, bool Coupled>
__global__ void __launch_bounds__(threads_per_block)
    follow(DeviceColumns<double> state, std::size_t networks, Problem problem, double t) {
  const std::size_t i = global_thread();
  if (i < networks) follow_path<Optimizer, OfLoss, Coupled>(problem, state, i, t);
}

}  // namespace

void follow_paths(const DeviceColumns<double>& state, std::size_t networks, const Problem& problem, double t,
                  int multiprocessors, cudaStream_t stream) {
  const LaunchShape shape = shape_for_networks(networks, multiprocessors);
  visit_method_that<false>(problem.method, [&](auto optimizer, auto loss) {
    with_coupling(problem, [&](auto coupled) {
      follow<decltype(optimizer), decltype(loss), decltype(coupled)::value>
          <<<shape.blocks, shape.threads_per_block, 0, stream>>>(state, networks, problem, t);
    });
  });
  check_launch("follow");
}

}  // namespace logmargin
