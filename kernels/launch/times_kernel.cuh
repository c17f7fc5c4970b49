#pragma once

#include "kernels/launch/record_launch.cuh"
#include "kernels/runtime/launch_shape.hpp"
#include "kernels/runtime/thread_index.cuh"

namespace logmargin {

template <class Stepper>
__global__ void __launch_bounds__(threads_per_block)
    list_with_times(Problem problem, double reached_t, DeviceColumns<typename Stepper::Number> state,
                    std::size_t networks, IndexLists::Selection selection) {
  const std::size_t i = global_thread();
  const bool wanted = i < networks && has_times_to_gap<Stepper>(problem, reached_t, state, i);
  append(wanted, static_cast<std::uint32_t>(i), selection.entries, selection.length);
}

/// Counts the times of listed networks, for each threshold as for a record of its own.
template <class Geometry>
__global__ void __launch_bounds__(threads_per_block)
    count_times(CellParameters source, std::uint64_t first_trial, Thresholds thresholds, IndexList list,
                TallyView<TimeShape> tally, OverflowView overflow, Progress progress) {
  const std::size_t k = global_thread();
  const std::size_t networks = list.size();
  if (k / warp_lanes * warp_lanes >= networks) return;
  const bool inside = k < networks;
  const std::size_t i = inside ? list[k] : 0;
  const std::size_t first = inside && progress.resuming ? progress.records_done[i] : 0;
  std::size_t done = inside ? first : thresholds.count;
  bool running = done < thresholds.count;
  double log10_t[Thresholds::most];
  if (running) find_times_to_gap<Geometry>(source, first_trial + i, thresholds, log10_t);

  for (std::size_t r = 0; r < thresholds.count; ++r) {
    bool active = running && r >= first;
    BinnedValue counted[TimeShape::quantities] = {};
    if (active) {
      counted[0] = counted_time(log10_t[r]);
      if (list_overflow(overflow, r, counted)) {
        ++done;
      } else {
        active = running = false;
      }
    }
    if (!__any_sync(whole_warp, active)) continue;
    const WarpCounter<TimeShape> counter(tally, r, k / warp_lanes);
    counter.add_category(0, TimeShape::categories, active ? time_category(log10_t[r]) : 0,
                         active && !counted[0].counted);
    counted[0].counted = counted[0].counted && active;
    counter.add_value(0, counted[0]);
  }
  if (!inside) return;
  progress.records_done[i] = static_cast<std::uint32_t>(done);
  if (done < thresholds.count) atomicAdd(overflow.unfinished, Counter64{1});
}

template <class Stepper>
IndexList launch_list_with_times(const Problem& problem, double reached_t,
                                 const DeviceColumns<typename Stepper::Number>& state, std::size_t networks,
                                 IndexLists& lists, int multiprocessors, cudaStream_t stream) {
  const LaunchShape shape = shape_for_networks(networks, multiprocessors);
  const IndexLists::Selection selection = lists.start_selection(stream);
  list_with_times<Stepper>
      <<<shape.blocks, shape.threads_per_block, 0, stream>>>(problem, reached_t, state, networks, selection);
  check_launch("list_with_times");
  return selection.list();
}

template <class Geometry>
void launch_times(const CellParameters& source, std::uint64_t first_trial, const Thresholds& thresholds,
                  const IndexList& list, std::size_t networks, const TallyView<TimeShape>& tally,
                  const OverflowView& overflow, const Progress& progress, int multiprocessors, cudaStream_t stream) {
  const LaunchShape shape = shape_for_networks(networks, multiprocessors);
  count_times<Geometry><<<shape.blocks, shape.threads_per_block, 0, stream>>>(source, first_trial, thresholds, list,
                                                                              tally, overflow, progress);
  check_launch("count_times");
}

}  // namespace logmargin
