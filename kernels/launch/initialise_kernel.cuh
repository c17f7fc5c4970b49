#pragma once

#include "kernels/device/initialise_body.hpp"
#include "kernels/launch/record_launch.cuh"
#include "kernels/runtime/launch_shape.hpp"
#include "kernels/runtime/thread_index.cuh"

namespace logmargin {

template <bool in_space, class Number>
__global__ void __launch_bounds__(threads_per_block)
    initialise(TrialSource source, std::uint64_t first_trial, NetworkColumns<Number> columns, std::size_t networks) {
  const std::size_t i = global_thread();
  if (i < networks) initialise_network<in_space>(source, first_trial, columns, i);
}

template <bool in_space, class Number>
void launch_initialise(const TrialSource& source, std::uint64_t first_trial, const NetworkColumns<Number>& columns,
                       std::size_t networks, int multiprocessors, cudaStream_t stream) {
  const LaunchShape shape = shape_for_networks(networks, multiprocessors);
  initialise<in_space><<<shape.blocks, shape.threads_per_block, 0, stream>>>(source, first_trial, columns, networks);
  check_launch("initialise");
}

template <class Stepper>
__global__ void __launch_bounds__(threads_per_block)
    begin(Problem problem, bool in_space, NetworkColumns<double> columns, std::size_t networks) {
  const std::size_t i = global_thread();
  if (i < networks) begin_stepper<Stepper>(problem, in_space, columns, i);
}

template <class Stepper>
void launch_begin(const Problem& problem, bool in_space, const NetworkColumns<double>& columns, std::size_t networks,
                  int multiprocessors, cudaStream_t stream) {
  const LaunchShape shape = shape_for_networks(networks, multiprocessors);
  begin<Stepper><<<shape.blocks, shape.threads_per_block, 0, stream>>>(problem, in_space, columns, networks);
  check_launch("begin");
}

}  // namespace logmargin
