#pragma once

#include <memory>
#include <vector>

#include "host/engine/engine.hpp"
#include "kernels/runtime/gpu_description.hpp"
#include "kernels/tally/tally_counts.hpp"

namespace logmargin {

/// Makes the engine that has networks in GPU threads. Every device works on batches_in_flight batches at a time, each
/// with a host thread and a stream of its own, so that a device steps one while the host adds up the other. A run
/// throws DeviceError where the memory does not hold even a small batch. Precondition: at least one device, none with
/// trouble.
std::unique_ptr<Engine> make_cuda_engine(std::vector<GpuDevice> devices);

/// Says whether GPUs compute the cell. They compute all but leaps of coupled networks, which leap one at a time and
/// seldom to the end.
bool gpus_compute(const CellRun& cell);

/// Adds what a device counted.
void add_counts(RecordedTally& tally, const CheckpointCounts& counts, const Statistics& statistics);
void add_counts(HorizonTally& tally, const HorizonCounts& counts);

}  // namespace logmargin
