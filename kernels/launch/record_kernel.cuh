#pragma once

#include "kernels/launch/record_launch.cuh"
#include "kernels/runtime/launch_shape.hpp"
#include "kernels/runtime/thread_index.cuh"

namespace logmargin {

template <class ThreadTrajectory>
__device__ void count(const WarpCounter<RecordedShape>& counter, bool active, const CountedObservation& seen) {
  using Shape = RecordedShape;
  counter.add_category(0, Shape::classified_category, seen.pattern, active);
  if constexpr (ThreadTrajectory::may_be_classified) {
    counter.add_category(Shape::classified_category, 1, 0, active && seen.classified);
  }
#pragma unroll
  for (int q = 0; q < Shape::quantities; ++q) {
    if (ThreadTrajectory::may_be_classified || !RecordedQuantities::of_classified(q))
      counter.add_value(q, seen.value[q]);
  }
}

/// Takes the listed networks through all recorded t of the group, each network and its tracks in registers. The lanes
/// of a warp stay together, since the counters are the warp's.
template <class ThreadTrajectory>
__global__ void __launch_bounds__(threads_per_block)
    record(Problem problem, NetworkColumns<typename ThreadTrajectory::Number> columns, IndexList list, RecordRun run,
           TallyView<RecordedShape> tally, OverflowView overflow, Progress progress) {
  const std::size_t k = global_thread();
  const std::size_t networks = list.size();
  if (k / warp_lanes * warp_lanes >= networks) return;
  const bool inside = k < networks;
  const std::size_t i = inside ? list[k] : 0;
  const std::size_t first = inside && progress.resuming ? progress.records_done[i] : 0;
  std::size_t done = inside ? first : run.records;
  bool running = done < run.records;
  const typename ThreadTrajectory::Setting setting(problem, run.lockstep_until);
  ThreadTrajectory trajectory{};
  if (running) trajectory.load(columns, i);

  for (std::size_t r = 0; r < run.records; ++r) {
    bool active = running && r >= first;
    CountedObservation seen{};
    if (active) {
      // A network that resumes has taken the steps to its first record already.
      if (!(progress.resuming && r == first)) trajectory.advance(setting, run, r);
      const Observation<double> observation = observe_trajectory(problem, trajectory);
      seen = trajectory.counted(run, r, observation);
      if (list_overflow(overflow, r, seen.value)) {
        trajectory.track(run, r, observation, columns, i);
        ++done;
      } else {
        active = running = false;
        seen = {};
      }
    }
    if (__any_sync(whole_warp, active)) count<ThreadTrajectory>({tally, r, k / warp_lanes}, active, seen);
  }

  if (!inside) return;
  if (first < run.records) trajectory.store(columns, i);
  progress.records_done[i] = static_cast<std::uint32_t>(done);
  if (done < run.records) atomicAdd(overflow.unfinished, Counter64{1});
}

template <class ThreadTrajectory>
void launch_record(const Problem& problem, const NetworkColumns<typename ThreadTrajectory::Number>& columns,
                   const IndexList& list, std::size_t networks, const RecordRun& run,
                   const TallyView<RecordedShape>& tally, const OverflowView& overflow, const Progress& progress,
                   int multiprocessors, cudaStream_t stream) {
  const LaunchShape shape = shape_for_networks(networks, multiprocessors);
  record<ThreadTrajectory>
      <<<shape.blocks, shape.threads_per_block, 0, stream>>>(problem, columns, list, run, tally, overflow, progress);
  check_launch("record");
}

}  // namespace logmargin
