#pragma once

#include <memory>

#include "host/engine/engine.hpp"
#include "host/engine/lane_kernels.hpp"

namespace logmargin {

/// How many recorded t are tallied in one pass over the trials, and whether trials stay in memory between passes.
struct PassPlan {
  std::size_t recorded_times_per_pass;
  bool keep_batches;
};

/// One pass over all recorded t needs no more than a batch of networks per thread, but a tally per recorded t and
/// thread; several passes need every network's state, but few tallies. Takes whichever holds less memory, one pass
/// where its tallies fit into the budget. kept_bytes: of a network that is kept.
PassPlan plan_passes(std::size_t recorded_times, std::size_t kept_bytes, std::uint64_t trials, unsigned threads);

/// Networks in SIMD lanes, batches over threads. Precondition: threads >= 1.
std::unique_ptr<Engine> make_cpu_engine(const LaneKernels& kernels, unsigned threads);

}  // namespace logmargin
