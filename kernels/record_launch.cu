#include "kernels/finish_body.hpp"
#include "kernels/initialise_body.hpp"
#include "kernels/launch_shape.hpp"
#include "kernels/record_body.hpp"
#include "kernels/record_launch.cuh"
#include "kernels/thread_index.cuh"

namespace logmargin {

namespace {

template <class Number>
__global__ void __launch_bounds__(threads_per_block)
    initialise(TrialSource source, std::uint64_t first_trial, NetworkColumns<Number> columns, std::size_t networks) {
  const std::size_t i = global_thread();
  if (i < networks) initialise_network(source, first_trial, columns, i);
}

template <class Walker>
__device__ void count(const WarpCounter<CheckpointShape>& counter, bool active, const CountedObservation& seen) {
  using Shape = CheckpointShape;
  counter.add_category(0, Shape::classified_category, seen.pattern, active);
  counter.add_value(Shape::log10_loss, seen.value[Shape::log10_loss]);
  if constexpr (Walker::may_be_classified) {
    counter.add_category(Shape::classified_category, 1, 0, active && seen.classified);
    counter.add_value(Shape::margin, seen.value[Shape::margin]);
    counter.add_value(Shape::gap, seen.value[Shape::gap]);
    counter.add_value(Shape::local_log_exponent, seen.value[Shape::local_log_exponent]);
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
  const Rates<typename Walker::Number> rates(problem);
  Walker walker{};
  if (running) walker.load(columns, i);
  const bool all_settled = __all_sync(whole_warp, !running || walker.settled(rates)) != 0;

  for (std::size_t r = 0; r < run.records; ++r) {
    bool active = running && r >= first;
    CountedObservation seen{};
    if (active) {
      // A network that resumes has taken the steps to its first record already.
      if (!(progress.resuming && r == first)) walker.advance(rates, run, r, all_settled);
      const Observation<double> observation = observe(problem, widen(walker.network));
      seen = walker.counted(run.times[r], observation);
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

template <class Number>
__global__ void __launch_bounds__(threads_per_block)
    finish(TrialSource source, CountedFit fit, NetworkColumns<Number> columns, std::size_t networks,
           TallyView<HorizonShape> tally, OverflowView overflow, Progress progress, double* dip_times) {
  using Shape = HorizonShape;
  const std::size_t i = global_thread();
  const bool inside = i < networks;
  bool active = inside && !(progress.resuming && progress.records_done[i] != 0);
  FinishedNetwork finished{};
  CountedHorizon counted{};
  if (active) {
    finished = finish_network(source, fit, columns, i);
    counted = counted_horizon(finished);
    const bool listed = list_overflow(overflow, 0, counted.value);
    progress.records_done[i] = listed ? 1 : 0;
    if (listed) {
      dip_times[i] = finished.values.converging() ? finished.dip.t : -1.0;
    } else {
      atomicAdd(overflow.unfinished, Counter64{1});
      active = false;
    }
  }
  const WarpCounter<Shape> counter(tally, 0, i / warp_lanes);
  counter.add_category(0, outcomes, static_cast<int>(finished.values.outcome), active);
  counter.add_category(Shape::first_dead_points, 3, finished.values.dead_points, active);
  counter.add_category(Shape::first_best_fit, fitted_laws, static_cast<int>(finished.fit.rates.best),
                       active && finished.values.converging());
  counter.add_category(Shape::changed_law, 1, 0, active && finished.changed_law);
  for (int q = 0; q < Shape::quantities; ++q) {
    counted.value[q].counted = counted.value[q].counted && active;
    counter.add_value(q, counted.value[q]);
  }
}

template <class Number>
__global__ void __launch_bounds__(threads_per_block)
    count_times(TrialSource source, std::uint64_t first_trial, double threshold, NetworkColumns<Number> columns,
                std::size_t networks, TallyView<TimeShape> tally, OverflowView overflow, Progress progress) {
  const std::size_t i = global_thread();
  bool active = i < networks && !(progress.resuming && progress.records_done[i] != 0);
  CountedValue counted[TimeShape::quantities] = {};
  bool never = false;
  if (active) {
    const double log10_t = time_to_gap_of(source, first_trial, threshold, columns, i);
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

}  // namespace

template <class Number>
void launch_initialise(const TrialSource& source, std::uint64_t first_trial, const NetworkColumns<Number>& columns,
                       std::size_t networks, int multiprocessors, cudaStream_t stream) {
  const LaunchShape shape = shape_for_networks(networks, multiprocessors);
  initialise<<<shape.blocks, shape.threads_per_block, 0, stream>>>(source, first_trial, columns, networks);
  check_launch("initialise");
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

template <class Number>
void launch_finish(const TrialSource& source, const CountedFit& fit, const NetworkColumns<Number>& columns,
                   std::size_t networks, const TallyView<HorizonShape>& tally, const OverflowView& overflow,
                   const Progress& progress, double* dip_times, int multiprocessors, cudaStream_t stream) {
  const LaunchShape shape = shape_for_networks(networks, multiprocessors);
  finish<<<shape.blocks, shape.threads_per_block, 0, stream>>>(source, fit, columns, networks, tally, overflow,
                                                               progress, dip_times);
  check_launch("finish");
}

template <class Number>
void launch_times(const TrialSource& source, std::uint64_t first_trial, double threshold,
                  const NetworkColumns<Number>& columns, std::size_t networks, const TallyView<TimeShape>& tally,
                  const OverflowView& overflow, const Progress& progress, int multiprocessors, cudaStream_t stream) {
  const LaunchShape shape = shape_for_networks(networks, multiprocessors);
  count_times<<<shape.blocks, shape.threads_per_block, 0, stream>>>(source, first_trial, threshold, columns, networks,
                                                                    tally, overflow, progress);
  check_launch("count_times");
}

template void launch_initialise(const TrialSource&, std::uint64_t, const NetworkColumns<double>&, std::size_t, int,
                                cudaStream_t);
template void launch_initialise(const TrialSource&, std::uint64_t, const NetworkColumns<Pair<float>>&, std::size_t, int,
                                cudaStream_t);
template void launch_record<TrackedNetwork<true, double>>(const Problem&, const NetworkColumns<double>&,
                                                          const WorkList&, std::size_t, const RecordRun&,
                                                          const TallyView<CheckpointShape>&, const OverflowView&,
                                                          const Progress&, int, cudaStream_t);
template void launch_record<TrackedNetwork<false, double>>(const Problem&, const NetworkColumns<double>&,
                                                           const WorkList&, std::size_t, const RecordRun&,
                                                           const TallyView<CheckpointShape>&, const OverflowView&,
                                                           const Progress&, int, cudaStream_t);
template void launch_record<StuckNetwork<double>>(const Problem&, const NetworkColumns<double>&, const WorkList&,
                                                  std::size_t, const RecordRun&, const TallyView<CheckpointShape>&,
                                                  const OverflowView&, const Progress&, int, cudaStream_t);
template void launch_record<TrackedNetwork<true, Pair<float>>>(const Problem&, const NetworkColumns<Pair<float>>&,
                                                               const WorkList&, std::size_t, const RecordRun&,
                                                               const TallyView<CheckpointShape>&, const OverflowView&,
                                                               const Progress&, int, cudaStream_t);
template void launch_record<TrackedNetwork<false, Pair<float>>>(const Problem&, const NetworkColumns<Pair<float>>&,
                                                                const WorkList&, std::size_t, const RecordRun&,
                                                                const TallyView<CheckpointShape>&, const OverflowView&,
                                                                const Progress&, int, cudaStream_t);
template void launch_record<StuckNetwork<Pair<float>>>(const Problem&, const NetworkColumns<Pair<float>>&,
                                                       const WorkList&, std::size_t, const RecordRun&,
                                                       const TallyView<CheckpointShape>&, const OverflowView&,
                                                       const Progress&, int, cudaStream_t);
template void launch_finish(const TrialSource&, const CountedFit&, const NetworkColumns<double>&, std::size_t,
                            const TallyView<HorizonShape>&, const OverflowView&, const Progress&, double*, int,
                            cudaStream_t);
template void launch_finish(const TrialSource&, const CountedFit&, const NetworkColumns<Pair<float>>&, std::size_t,
                            const TallyView<HorizonShape>&, const OverflowView&, const Progress&, double*, int,
                            cudaStream_t);

template void launch_record<LeapingNetwork>(const Problem&, const NetworkColumns<double>&, const WorkList&, std::size_t,
                                            const RecordRun&, const TallyView<CheckpointShape>&, const OverflowView&,
                                            const Progress&, int, cudaStream_t);
template void launch_times(const TrialSource&, std::uint64_t, double, const NetworkColumns<double>&, std::size_t,
                           const TallyView<TimeShape>&, const OverflowView&, const Progress&, int, cudaStream_t);
template void launch_times(const TrialSource&, std::uint64_t, double, const NetworkColumns<Pair<float>>&, std::size_t,
                           const TallyView<TimeShape>&, const OverflowView&, const Progress&, int, cudaStream_t);

}  // namespace logmargin
