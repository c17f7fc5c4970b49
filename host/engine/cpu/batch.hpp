#pragma once

#include "host/engine/cell_networks.hpp"
#include "host/engine/cpu/trajectories.hpp"
#include "host/engine/trials/trial_record.hpp"

namespace logmargin {

/// BatchOf advances neighbouring trials together: it holds their trajectories, and what each accumulates along the way.
/// Number is the type that states are kept in: double or, in mixed precision, Pair<float>.
template <class Number>
class BatchOf {
 public:
  using Scratch = BatchScratchOf<Number>;

  static constexpr std::size_t most_networks = 512;
  /// Returns the bytes that a network holds while its batch is kept, with one fit.
  static std::size_t bytes_per_network(const Problem& problem);

  /// Takes networks of one cell with their initial states. Precondition: they are no more than most_networks.
  BatchOf(const Problem& problem, const Stepping& stepping, InitialNetworks initial, std::size_t fits);

  /// Takes every network to the schedule's recorded time r. Precondition: r rises from call to call.
  void advance(const SimdDispatchTable& kernels, const Schedule& schedule, std::size_t r, Scratch& scratch,
               RunControl& control);
  /// Observes every network there; what was seen stays in the scratch until its next use.
  void observe(const SimdDispatchTable& kernels, const Schedule& schedule, std::size_t r, Scratch& scratch);
  /// Adds what was last observed.
  void tally(Scratch& scratch, const Statistics& statistics, RecordedTally& tally) const;
  /// Adds the columns of what was last observed, as BatchTrainer::train does.
  void add_rows(Scratch& scratch, const TrajectoryColumns& columns, std::vector<double>& rows);
  /// Adds the networks as they stand at the horizon.
  void finish(const SimdDispatchTable& kernels, const Schedule& schedule, const std::vector<double>& thresholds,
              HorizonTally& tally);
  /// Does the same and returns every network's record. Precondition: the scratch holds what was observed at the
  /// horizon.
  std::vector<TrialRecord> finish_with_records(const SimdDispatchTable& kernels, const Schedule& schedule,
                                               const CellRun& cell, std::uint64_t first_trial, Scratch& scratch,
                                               HorizonTally& tally);

 private:
  TrialValues at_horizon(const SimdDispatchTable& kernels, const Schedule& schedule,
                         const std::vector<double>& thresholds, std::size_t i);
  ColumnsView states_to_observe(Scratch& scratch);
  /// Stores the orthogonal components of networks in space. Training leaves them, but for a method that scales them.
  void put_orthogonal_components();

  Problem problem_;
  InitialNetworks initial_;
  TrajectoriesOf<Number> trajectories_;
  AlignedColumns dips_;
  AlignedColumns previous_ln_gap_;
  AlignedColumns orthogonal_;         ///< of networks in space, when they were last observed
  std::vector<AlignedColumns> sums_;  ///< one for each fit of the schedule
};

using Batch = BatchOf<double>;

extern template class BatchOf<double>;
extern template class BatchOf<Pair<float>>;

/// Returns the initial states of count trials from first on.
InitialNetworks initial_networks(const SimdDispatchTable& kernels, const CellRun& cell, std::uint64_t first,
                                 std::size_t count);

}  // namespace logmargin
