#pragma once

#include <cuda_runtime_api.h>

#include "kernels/network_columns.hpp"

namespace logmargin {

/// Of networks that stand at t = 0, under a method without steps.
void start_paths(const DeviceColumns<double>& state, std::size_t networks, const Problem& problem, int multiprocessors,
                 cudaStream_t stream);

/// Takes them to t.
void follow_paths(const DeviceColumns<double>& state, std::size_t networks, const Problem& problem, double t,
                  int multiprocessors, cudaStream_t stream);

}  // namespace logmargin
