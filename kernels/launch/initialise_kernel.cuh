#pragma once

#include "kernels/device/initialise_body.hpp"
#include "kernels/launch/record_launch.cuh"
#include "kernels/runtime/launch_shape.hpp"
#include "kernels/runtime/thread_index.cuh"

namespace logmargin {

template <bool multi_dimensional, class Number>
__global__ void __launch_bounds__(threads_per_block)
    initialise(CellParameters source, std::uint64_t first_trial, NetworkColumns<Number> columns, std::size_t networks) {
  const std::size_t i = global_thread();
  if (i < networks) initialise_network<multi_dimensional>(source, first_trial, columns, i);
}

template <bool multi_dimensional, class Number>
void launch_initialise(const CellParameters& source, std::uint64_t first_trial, const NetworkColumns<Number>& columns,
                       std::size_t networks, int multiprocessors, cudaStream_t stream) {
  const LaunchShape shape = shape_for_networks(networks, multiprocessors);
  initialise<multi_dimensional>
      <<<shape.blocks, shape.threads_per_block, 0, stream>>>(source, first_trial, columns, networks);
  check_launch("initialise");
}

template <class Stepper>
__global__ void __launch_bounds__(threads_per_block)
    begin(Problem problem, bool multi_dimensional, NetworkColumns<double> columns, std::size_t networks) {
  const std::size_t i = global_thread();
  if (i < networks) begin_stepper<Stepper>(problem, multi_dimensional, columns, i);
}

template <class Stepper>
void launch_begin(const Problem& problem, bool multi_dimensional, const NetworkColumns<double>& columns,
                  std::size_t networks, int multiprocessors, cudaStream_t stream) {
  const LaunchShape shape = shape_for_networks(networks, multiprocessors);
  begin<Stepper><<<shape.blocks, shape.threads_per_block, 0, stream>>>(problem, multi_dimensional, columns, networks);
  check_launch("begin");
}

}  // namespace logmargin
