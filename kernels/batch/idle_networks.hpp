#pragma once

#include <cstdint>

#include "kernels/tally/tally_counts.hpp"
#include "logmargin/model/problem.hpp"

namespace logmargin {

/// Adds networks where no neuron fires at either point to the counts. They all show the same, at every t.
void add_idle_networks(CheckpointCounts& counts, const Problem& problem, std::uint64_t networks);

}  // namespace logmargin
