#pragma once

#include "kernels/device/cell_parameters.hpp"
#include "kernels/device/finish_body.hpp"
#include "kernels/device/record_body.hpp"
#include "kernels/runtime/index_lists.cuh"
#include "kernels/runtime/network_columns.hpp"
#include "kernels/tally/warp_counter.cuh"

namespace logmargin {

/// Progress says where the networks stand that found the overflow list full.
struct Progress {
  std::uint32_t* records_done;  ///< a number per network
  bool resuming;                ///< else all start from the first
};

/// Stores so many networks at t = 0, the trials from first_trial on.
template <class Geometry, class Number>
void launch_initialise(const CellParameters& source, std::uint64_t first_trial, const NetworkColumns<Number>& columns,
                       std::size_t networks, int multiprocessors, cudaStream_t stream);

/// Makes the steppers of networks that stand at t = 0. Precondition: begins_with_more<Stepper>.
template <class Stepper, class Geometry>
void launch_begin(const Problem& problem, const NetworkColumns<double>& columns, std::size_t networks,
                  int multiprocessors, cudaStream_t stream);

/// Takes the listed networks, of so many in all, through a group of recorded t. ThreadTrajectory is StuckNetwork or a
/// TrajectoryIn.
template <class ThreadTrajectory>
void launch_record(const Problem& problem, const NetworkColumns<typename ThreadTrajectory::Number>& columns,
                   const IndexList& list, std::size_t networks, const RecordRun& run,
                   const TallyView<RecordedShape>& tally, const OverflowView& overflow, const Progress& progress,
                   int multiprocessors, cudaStream_t stream);

/// AtHorizon names a stepper whose outcome says as much of the networks as that of their own stepper. One kernel then
/// serves coupled and decoupled points.
template <class Stepper>
struct AtHorizon {
  using type = Stepper;
};
template <class Number>
struct AtHorizon<DescentStepper<Number, false>> {
  using type = DescentStepper<Number, true>;
};

/// Counts what networks show at reached_t, the horizon. dip_times: a number per network, negative where it does not
/// converge. Stepper: an AtHorizon.
template <class Stepper>
void launch_finish(const Problem& problem, double reached_t, const CountedFit& fit,
                   const NetworkColumns<typename Stepper::Number>& columns, std::size_t networks,
                   const TallyView<HorizonShape>& tally, const OverflowView& overflow, const Progress& progress,
                   double* dip_times, int multiprocessors, cudaStream_t stream);

/// Lists the networks that have a log10 t_eps. Stepper: an AtHorizon whose networks have one.
template <class Stepper>
IndexList launch_list_with_times(const Problem& problem, double reached_t,
                                 const DeviceColumns<typename Stepper::Number>& state, std::size_t networks,
                                 IndexLists& lists, int multiprocessors, cudaStream_t stream);

/// Counts log10 t_eps of the listed networks, of so many in all. Network i was the trial first_trial + i. The counts of
/// each threshold are where the counts of a record are.
template <class Geometry>
void launch_times(const CellParameters& source, std::uint64_t first_trial, const Thresholds& thresholds,
                  const IndexList& list, std::size_t networks, const TallyView<TimeShape>& tally,
                  const OverflowView& overflow, const Progress& progress, int multiprocessors, cudaStream_t stream);

}  // namespace logmargin
