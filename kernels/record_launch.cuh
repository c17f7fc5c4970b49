#pragma once

#include "kernels/finish_body.hpp"
#include "kernels/network_columns.hpp"
#include "kernels/record_body.hpp"
#include "kernels/trial_source.hpp"
#include "kernels/warp_counter.cuh"
#include "kernels/work_lists.cuh"

namespace logmargin {

/// Where networks that found the overflow list full stand.
struct Progress {
  std::uint32_t* records_done;  ///< a number per network
  bool resuming;                ///< else all start from the first
};

/// On the line or in space.
template <bool in_space, class Number>
void launch_initialise(const TrialSource& source, std::uint64_t first_trial, const NetworkColumns<Number>& columns,
                       std::size_t networks, int multiprocessors, cudaStream_t stream);

/// Takes listed networks, of networks in all, through a group of recorded t. Walker: TrackedNetwork, StuckNetwork,
/// LeapingNetwork or MethodNetwork, or InSpace of one that is not stuck.
template <class Walker>
void launch_record(const Problem& problem, const NetworkColumns<typename Walker::Number>& columns, const WorkList& list,
                   std::size_t networks, const RecordRun& run, const TallyView<CheckpointShape>& tally,
                   const OverflowView& overflow, const Progress& progress, int multiprocessors, cudaStream_t stream);

/// Of networks that stand at reached_t. dip_times: a number per network, negative where it does not converge.
template <class Number>
void launch_finish(const TrialSource& source, double reached_t, const CountedFit& fit,
                   const NetworkColumns<Number>& columns, std::size_t networks, const TallyView<HorizonShape>& tally,
                   const OverflowView& overflow, const Progress& progress, double* dip_times, int multiprocessors,
                   cudaStream_t stream);

/// Finding log10 t_eps of networks that were the trials from first_trial on, of networks in all.
template <class Number>
struct TimesLaunches {
  /// Those that have one.
  WorkList (*list)(const TrialSource& source, const NetworkColumns<Number>& columns, std::size_t networks,
                   WorkLists& lists, int multiprocessors, cudaStream_t stream);
  /// Counts theirs, those of a threshold where a record's values are.
  void (*count)(const TrialSource& source, std::uint64_t first_trial, const Thresholds& thresholds,
                const WorkList& list, std::size_t networks, const TallyView<TimeShape>& tally,
                const OverflowView& overflow, const Progress& progress, int multiprocessors, cudaStream_t stream);
};

/// Times: a TimesOf; of paths for doubles alone.
template <class Times, class Number>
TimesLaunches<Number> times_launches();

}  // namespace logmargin
