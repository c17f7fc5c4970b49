#pragma once

#include "kernels/network_columns.hpp"
#include "kernels/trial_source.hpp"
#include "kernels/warp_counter.cuh"
#include "kernels/work_lists.cuh"

namespace logmargin {

/// A group of recorded t on the device: times[r] is reached steps[r] after the one before.
struct RecordRun {
  const RecordedTime* times;
  const std::int64_t* steps;
  std::size_t records;
};

/// Where networks that found the overflow list full stand.
struct Progress {
  std::uint32_t* records_done;  ///< a number per network
  bool resuming;                ///< else all start from the first
};

template <class Number>
void launch_initialise(const TrialSource& source, std::uint64_t first_trial, const NetworkColumns<Number>& columns,
                       std::size_t networks, int multiprocessors, cudaStream_t stream);

/// Takes listed networks, of networks in all, through a group of recorded t. Walker: TrackedNetwork or StuckNetwork.
template <class Walker>
void launch_record(const Problem& problem, const NetworkColumns<typename Walker::Number>& columns, const WorkList& list,
                   std::size_t networks, const RecordRun& run, const TallyView<CheckpointShape>& tally,
                   const OverflowView& overflow, const Progress& progress, int multiprocessors, cudaStream_t stream);

/// dip_times: a number per network, negative where it does not converge.
template <class Number>
void launch_finish(const Problem& problem, const FitWindow& window, const NetworkColumns<Number>& columns,
                   std::size_t networks, const TallyView<HorizonShape>& tally, const OverflowView& overflow,
                   const Progress& progress, double* dip_times, int multiprocessors, cudaStream_t stream);

}  // namespace logmargin
