#pragma once

#include "kernels/launch/record_launch.cuh"
#include "kernels/runtime/launch_shape.hpp"
#include "kernels/runtime/thread_index.cuh"

namespace logmargin {

template <class Walker>
__device__ void count(const WarpCounter<CheckpointShape>& counter, bool active, const CountedObservation& seen) {
  using Shape = CheckpointShape;
  counter.add_category(0, Shape::classified_category, seen.pattern, active);
  if constexpr (Walker::may_be_classified) {
    counter.add_category(Shape::classified_category, 1, 0, active && seen.classified);
  }
#pragma unroll
  for (int q = 0; q < Shape::quantities; ++q) {
    if (Walker::may_be_classified || !RecordedQuantities::of_classified(q)) counter.add_value(q, seen.value[q]);
  }
}

/// Walks through all recorded t of the group, the network and its tracks in registers. Lanes stay together: the
/// counters are the warp's.
template <class Walker>
__global__ void __launch_bounds__(threads_per_block)
    record(Problem problem, NetworkColumns<typename Walker::Number> columns, WorkList list, RecordRun run,
           TallyView<CheckpointShape> tally, OverflowView overflow, Progress progress) {
  const std::size_t k = global_thread();
  const std::size_t networks = list.size();
  if (k / warp_lanes * warp_lanes >= networks) return;
  const bool inside = k < networks;
  const std::size_t i = inside ? list[k] : 0;
  const std::size_t first = inside && progress.resuming ? progress.records_done[i] : 0;
  std::size_t done = inside ? first : run.records;
  bool running = done < run.records;
  const typename Walker::Setting setting(problem, run.lockstep_until);
  Walker walker{};
  if (running) walker.load(columns, i);
  const bool all_settled = __all_sync(whole_warp, !running || walker.settled(setting)) != 0;

  for (std::size_t r = 0; r < run.records; ++r) {
    bool active = running && r >= first;
    CountedObservation seen{};
    if (active) {
      // A network that resumes has taken the steps to its first record already.
      if (!(progress.resuming && r == first)) walker.advance(setting, run, r, all_settled);
      const Observation<double> observation = observe_walker(problem, walker);
      seen = walker.counted(run, r, observation);
      if (list_overflow(overflow, r, seen.value)) {
        walker.track(run, r, observation, columns, i);
        ++done;
      } else {
        active = running = false;
        seen = {};
      }
    }
    if (__any_sync(whole_warp, active)) count<Walker>({tally, r, k / warp_lanes}, active, seen);
  }

  if (!inside) return;
  if (first < run.records) walker.store(columns, i);
  progress.records_done[i] = static_cast<std::uint32_t>(done);
  if (done < run.records) atomicAdd(overflow.unfinished, Counter64{1});
}

template <class Walker>
void launch_record(const Problem& problem, const NetworkColumns<typename Walker::Number>& columns, const WorkList& list,
                   std::size_t networks, const RecordRun& run, const TallyView<CheckpointShape>& tally,
                   const OverflowView& overflow, const Progress& progress, int multiprocessors, cudaStream_t stream) {
  const LaunchShape shape = shape_for_networks(networks, multiprocessors);
  record<Walker>
      <<<shape.blocks, shape.threads_per_block, 0, stream>>>(problem, columns, list, run, tally, overflow, progress);
  check_launch("record");
}

}  // namespace logmargin
