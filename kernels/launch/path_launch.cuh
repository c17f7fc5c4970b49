#pragma once

#include <cuda_runtime_api.h>

#include "kernels/runtime/network_columns.hpp"

namespace logmargin {

/// Takes networks under a method without steps along their paths to t.
void follow_paths(const DeviceColumns<double>& state, std::size_t networks, const Problem& problem, double t,
                  int multiprocessors, cudaStream_t stream);

}  // namespace logmargin
