#pragma once

#include "kernels/launch_shape.hpp"
#include "kernels/record_launch.cuh"
#include "kernels/thread_index.cuh"

namespace logmargin {

template <class Times, class Number>
__global__ void __launch_bounds__(threads_per_block)
    count_times(TrialSource source, std::uint64_t first_trial, double threshold, NetworkColumns<Number> columns,
                std::size_t networks, TallyView<TimeShape> tally, OverflowView overflow, Progress progress) {
  const std::size_t i = global_thread();
  bool active = i < networks && !(progress.resuming && progress.records_done[i] != 0);
  CountedValue counted[TimeShape::quantities] = {};
  bool never = false;
  if (active) {
    const double log10_t = time_to_gap_of<Times>(source, first_trial, threshold, columns, i);
    counted[0] = counted_time(log10_t);
    never = never_above(log10_t);
    const bool listed = list_overflow(overflow, 0, counted);
    progress.records_done[i] = listed ? 1 : 0;
    if (!listed) {
      atomicAdd(overflow.unfinished, Counter64{1});
      active = false;
    }
  }
  const WarpCounter<TimeShape> counter(tally, 0, i / warp_lanes);
  counter.add_category(0, 1, 0, active && never);
  counted[0].counted = counted[0].counted && active;
  counter.add_value(0, counted[0]);
}

template <class Times, class Number>
void launch_times(const TrialSource& source, std::uint64_t first_trial, double threshold,
                  const NetworkColumns<Number>& columns, std::size_t networks, const TallyView<TimeShape>& tally,
                  const OverflowView& overflow, const Progress& progress, int multiprocessors, cudaStream_t stream) {
  const LaunchShape shape = shape_for_networks(networks, multiprocessors);
  count_times<Times><<<shape.blocks, shape.threads_per_block, 0, stream>>>(source, first_trial, threshold, columns,
                                                                           networks, tally, overflow, progress);
  check_launch("count_times");
}

}  // namespace logmargin
