#include "kernels/device/finish_body.hpp"
#include "kernels/launch/record_launch.cuh"
#include "kernels/runtime/launch_shape.hpp"
#include "kernels/runtime/thread_index.cuh"

namespace logmargin {

namespace {

template <class Stepper>
__global__ void __launch_bounds__(threads_per_block)
    finish(Problem problem, double reached_t, CountedFit fit, NetworkColumns<typename Stepper::Number> columns,
           std::size_t networks, TallyView<HorizonShape> tally, OverflowView overflow, Progress progress,
           double* dip_times) {
  using Shape = HorizonShape;
  const std::size_t i = global_thread();
  const bool inside = i < networks;
  bool active = inside && !(progress.resuming && progress.records_done[i] != 0);
  FinishedNetwork finished{};
  CountedHorizon counted{};
  if (active) {
    finished = finish_network<Stepper>(problem, reached_t, fit, columns, i);
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
  counter.add_category(Shape::first_law, law_checks, static_cast<int>(finished.law),
                       active && finished.values.converging());
  for (int q = 0; q < Shape::quantities; ++q) {
    counted.value[q].counted = counted.value[q].counted && active;
    counter.add_value(q, counted.value[q]);
  }
}

}  // namespace

template <class Stepper>
void launch_finish(const Problem& problem, double reached_t, const CountedFit& fit,
                   const NetworkColumns<typename Stepper::Number>& columns, std::size_t networks,
                   const TallyView<HorizonShape>& tally, const OverflowView& overflow, const Progress& progress,
                   double* dip_times, int multiprocessors, cudaStream_t stream) {
  const LaunchShape shape = shape_for_networks(networks, multiprocessors);
  finish<Stepper><<<shape.blocks, shape.threads_per_block, 0, stream>>>(problem, reached_t, fit, columns, networks,
                                                                        tally, overflow, progress, dip_times);
  check_launch("finish");
}

template void launch_finish<DescentStepper<double, true>>(const Problem&, double, const CountedFit&,
                                                          const NetworkColumns<double>&, std::size_t,
                                                          const TallyView<HorizonShape>&, const OverflowView&,
                                                          const Progress&, double*, int, cudaStream_t);
template void launch_finish<LeapStepper>(const Problem&, double, const CountedFit&, const NetworkColumns<double>&,
                                         std::size_t, const TallyView<HorizonShape>&, const OverflowView&,
                                         const Progress&, double*, int, cudaStream_t);
template void launch_finish<OptimizerStepper>(const Problem&, double, const CountedFit&, const NetworkColumns<double>&,
                                              std::size_t, const TallyView<HorizonShape>&, const OverflowView&,
                                              const Progress&, double*, int, cudaStream_t);
template void launch_finish<PathStepper>(const Problem&, double, const CountedFit&, const NetworkColumns<double>&,
                                         std::size_t, const TallyView<HorizonShape>&, const OverflowView&,
                                         const Progress&, double*, int, cudaStream_t);
template void launch_finish<DescentStepper<Pair<float>, true>>(const Problem&, double, const CountedFit&,
                                                               const NetworkColumns<Pair<float>>&, std::size_t,
                                                               const TallyView<HorizonShape>&, const OverflowView&,
                                                               const Progress&, double*, int, cudaStream_t);

}  // namespace logmargin
