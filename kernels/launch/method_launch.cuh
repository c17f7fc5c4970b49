#pragma once

#include <cuda_runtime_api.h>

#include "kernels/runtime/network_columns.hpp"

namespace logmargin {

/// Steps networks that stand at t under the problem's method.
void advance_under_method(const DeviceColumns<double>& state, std::size_t networks, const Problem& problem, double t,
                          std::int64_t steps, int multiprocessors, cudaStream_t stream);

}  // namespace logmargin
