#pragma once

#include <vector>

#include "host/engine/cpu/lanes/simd_dispatch.hpp"

namespace logmargin {

/// Returns log10 t_eps of a converging network, for each threshold, whether its method takes steps or flows; see
/// log10_times_to_gap. orthogonal: of a network in space, else null.
std::vector<double> times_to_gap(const SimdDispatchTable& kernels, const Problem& problem,
                                 const Network<double>& initial, const OrthogonalComponent<double>* orthogonal,
                                 const std::vector<double>& thresholds);

}  // namespace logmargin
