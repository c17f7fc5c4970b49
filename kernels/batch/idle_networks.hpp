#pragma once

#include <cstdint>

#include "kernels/tally/tally_counts.hpp"
#include "logmargin/model/problem.hpp"

namespace logmargin {

/// Counts networks at neither of whose points a neuron fires: all show the same, at every t.
void add_idle_networks(CheckpointCounts& counts, const Problem& problem, std::uint64_t networks);

}  // namespace logmargin
