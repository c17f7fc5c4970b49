#pragma once

#include "kernels/device/initialise_body.hpp"
#include "kernels/launch/record_launch.cuh"
#include "kernels/runtime/launch_shape.hpp"
#include "kernels/runtime/thread_index.cuh"

namespace logmargin {

template <class Geometry, class Number>
__global__ void __launch_bounds__(threads_per_block)
    initialise(CellParameters source, std::uint64_t first_trial, NetworkColumns<Number> columns, std::size_t networks) {
  const std::size_t i = global_thread();
  if (i < networks) initialise_network<Geometry>(source, first_trial, columns, i);
}

template <class Geometry, class Number>
void launch_initialise(const CellParameters& source, std::uint64_t first_trial, const NetworkColumns<Number>& columns,
                       std::size_t networks, int multiprocessors, cudaStream_t stream) {
  const LaunchShape shape = shape_for_networks(networks, multiprocessors);
  initialise<Geometry><<<shape.blocks, shape.threads_per_block, 0, stream>>>(source, first_trial, columns, networks);
  check_launch("initialise");
}

template <class Stepper, class Geometry>
__global__ void __launch_bounds__(threads_per_block)
    begin(Problem problem, NetworkColumns<double> columns, std::size_t networks) {
  const std::size_t i = global_thread();
  if (i < networks) begin_stepper<Stepper, Geometry>(problem, columns, i);
}

template <class Stepper, class Geometry>
void launch_begin(const Problem& problem, const NetworkColumns<double>& columns, std::size_t networks,
                  int multiprocessors, cudaStream_t stream) {
  const LaunchShape shape = shape_for_networks(networks, multiprocessors);
  begin<Stepper, Geometry><<<shape.blocks, shape.threads_per_block, 0, stream>>>(problem, columns, networks);
  check_launch("begin");
}

}  // namespace logmargin
