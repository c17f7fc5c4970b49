#include "kernels/finish_body.hpp"
#include "kernels/initialise_body.hpp"
#include "kernels/launch_shape.hpp"
#include "kernels/record_body.hpp"
#include "kernels/record_launch.cuh"

namespace logmargin {

namespace {

__device__ std::size_t global_thread() { return std::size_t{blockIdx.x} * blockDim.x + threadIdx.x; }

template <class Number>
__global__ void __launch_bounds__(threads_per_block)
    initialise(TrialSource source, std::uint64_t first_trial, NetworkColumns<Number> columns, std::size_t networks) {
  const std::size_t i = global_thread();
  if (i < networks) initialise_network(source, first_trial, columns, i);
}

__device__ void count(const WarpCounter<CheckpointShape>& counter, bool active, const CountedObservation& seen) {
  counter.add_category(0, CheckpointShape::classified_category, seen.pattern, active);
  counter.add_category(CheckpointShape::classified_category, 1, 0, active && seen.classified);
  for (int q = 0; q < CheckpointShape::quantities; ++q) counter.add_value(q, seen.value[q]);
}

/// Walks through all recorded t of the group, the network and its tracks in registers. Lanes stay together: the
/// counters are the warp's.
template <bool Coupled, class Number>
__global__ void __launch_bounds__(threads_per_block)
    record(Problem problem, NetworkColumns<Number> columns, std::size_t networks, RecordRun run,
           TallyView<CheckpointShape> tally, OverflowView overflow, Progress progress) {
  const std::size_t i = global_thread();
  const bool inside = i < networks;
  const std::size_t first = inside && progress.resuming ? progress.records_done[i] : 0;
  std::size_t done = inside ? first : run.records;
  bool running = done < run.records;
  const Rates<Number> rates(problem);
  TrackedNetwork<Number> tracked{};
  if (running) tracked = load_tracked(columns, i);

  for (std::size_t r = 0; r < run.records; ++r) {
    bool active = running && r >= first;
    CountedObservation seen{};
    if (active) {
      // A network that resumes has taken the steps to its first record already.
      const std::int64_t steps = progress.resuming && r == first ? 0 : run.steps[r];
      tracked.network = advance_network<Coupled>(rates, tracked.network, steps);
      const Observation<double> observation = observe(problem, widen(tracked.network));
      seen = counted_observation(observation);
      if (list_overflow(overflow, r, seen.value)) {
        add_to_tracks(tracked, run.times[r], observation);
        ++done;
      } else {
        active = running = false;
        seen = {};
      }
    }
    if (__any_sync(whole_warp, active)) count({tally, r, i / warp_lanes}, active, seen);
  }

  if (!inside) return;
  if (first < run.records) store_tracked(tracked, columns, i);
  progress.records_done[i] = static_cast<std::uint32_t>(done);
  if (done < run.records) atomicAdd(overflow.unfinished, Counter64{1});
}

template <class Number>
__global__ void __launch_bounds__(threads_per_block)
    finish(Problem problem, FitWindow window, NetworkColumns<Number> columns, std::size_t networks,
           TallyView<HorizonShape> tally, OverflowView overflow, Progress progress, double* dip_times) {
  using Shape = HorizonShape;
  const std::size_t i = global_thread();
  const bool inside = i < networks;
  bool active = inside && !(progress.resuming && progress.records_done[i] != 0);
  HorizonValues finished{};
  CountedHorizon counted{};
  if (active) {
    finished = finish_network(problem, window, columns, i);
    counted = counted_horizon(finished);
    const bool listed = list_overflow(overflow, 0, counted.value);
    progress.records_done[i] = listed ? 1 : 0;
    if (listed) {
      dip_times[i] = finished.converging() ? finished.dip.t : -1.0;
    } else {
      atomicAdd(overflow.unfinished, Counter64{1});
      active = false;
    }
  }
  const WarpCounter<Shape> counter(tally, 0, i / warp_lanes);
  counter.add_category(0, outcomes, static_cast<int>(finished.outcome), active);
  counter.add_category(Shape::first_dead_points, 3, finished.dead_points, active);
  counter.add_category(Shape::first_best_fit, fitted_laws, static_cast<int>(finished.fit.best),
                       active && finished.converging());
  for (int q = 0; q < Shape::quantities; ++q) {
    counted.value[q].counted = counted.value[q].counted && active;
    counter.add_value(q, counted.value[q]);
  }
}

}  // namespace

template <class Number>
void launch_initialise(const TrialSource& source, std::uint64_t first_trial, const NetworkColumns<Number>& columns,
                       std::size_t networks, int multiprocessors, cudaStream_t stream) {
  const LaunchShape shape = shape_for_networks(networks, multiprocessors);
  initialise<<<shape.blocks, shape.threads_per_block, 0, stream>>>(source, first_trial, columns, networks);
  check_launch("initialise");
}

template <class Number>
void launch_record(const Problem& problem, const NetworkColumns<Number>& columns, std::size_t networks,
                   const RecordRun& run, const TallyView<CheckpointShape>& tally, const OverflowView& overflow,
                   const Progress& progress, int multiprocessors, cudaStream_t stream) {
  const LaunchShape shape = shape_for_networks(networks, multiprocessors);
  const auto kernel = problem.decoupled() ? record<false, Number> : record<true, Number>;
  kernel<<<shape.blocks, shape.threads_per_block, 0, stream>>>(problem, columns, networks, run, tally, overflow,
                                                               progress);
  check_launch("record");
}

template <class Number>
void launch_finish(const Problem& problem, const FitWindow& window, const NetworkColumns<Number>& columns,
                   std::size_t networks, const TallyView<HorizonShape>& tally, const OverflowView& overflow,
                   const Progress& progress, double* dip_times, int multiprocessors, cudaStream_t stream) {
  const LaunchShape shape = shape_for_networks(networks, multiprocessors);
  finish<<<shape.blocks, shape.threads_per_block, 0, stream>>>(problem, window, columns, networks, tally, overflow,
                                                               progress, dip_times);
  check_launch("finish");
}

template void launch_initialise(const TrialSource&, std::uint64_t, const NetworkColumns<double>&, std::size_t, int,
                                cudaStream_t);
template void launch_initialise(const TrialSource&, std::uint64_t, const NetworkColumns<Pair<float>>&, std::size_t, int,
                                cudaStream_t);
template void launch_record(const Problem&, const NetworkColumns<double>&, std::size_t, const RecordRun&,
                            const TallyView<CheckpointShape>&, const OverflowView&, const Progress&, int, cudaStream_t);
template void launch_record(const Problem&, const NetworkColumns<Pair<float>>&, std::size_t, const RecordRun&,
                            const TallyView<CheckpointShape>&, const OverflowView&, const Progress&, int, cudaStream_t);
template void launch_finish(const Problem&, const FitWindow&, const NetworkColumns<double>&, std::size_t,
                            const TallyView<HorizonShape>&, const OverflowView&, const Progress&, double*, int,
                            cudaStream_t);
template void launch_finish(const Problem&, const FitWindow&, const NetworkColumns<Pair<float>>&, std::size_t,
                            const TallyView<HorizonShape>&, const OverflowView&, const Progress&, double*, int,
                            cudaStream_t);

}  // namespace logmargin
