#include "kernels/device/advance_body.hpp"
#include "kernels/launch/method_launch.cuh"
#include "kernels/runtime/checked_call.hpp"
#include "kernels/runtime/launch_shape.hpp"
#include "kernels/runtime/thread_index.cuh"

namespace logmargin {

namespace {

/// Steps networks under one method. Each method has a kernel of its own, so that it has the registers that it needs.
template <class Optimizer, class OfLoss>
__global__ void __launch_bounds__(threads_per_block)
    advance_method(DeviceColumns<double> state, std::size_t networks, Problem problem, double t, std::int64_t steps) {
  const std::size_t i = global_thread();
  if (i < networks) advance_under_method<Optimizer, OfLoss>(state, i, problem, t, steps);
}

}  // namespace

void advance_under_method(const DeviceColumns<double>& state, std::size_t networks, const Problem& problem, double t,
                          std::int64_t steps, int multiprocessors, cudaStream_t stream) {
  const LaunchShape shape = shape_for_networks(networks, multiprocessors);
  visit_method(problem.method, [&](auto optimizer, auto loss) {
    advance_method<decltype(optimizer), decltype(loss)>
        <<<shape.blocks, shape.threads_per_block, 0, stream>>>(state, networks, problem, t, steps);
  });
  check_launch("advance_method");
}

}  // namespace logmargin
