#pragma once

#include "host/engine/trajectories.hpp"

namespace logmargin {

/// Neighbouring trials advancing together: their trajectories, and what each accumulates along the way.
class Batch {
 public:
  static constexpr std::size_t most_networks = 512;
  /// Bytes a network holds while its batch is kept, with one fit.
  static constexpr std::size_t bytes_per_network =
      sizeof(double) * static_cast<std::size_t>(network_columns + 4 + dip_columns + 1 + fit_columns);

  /// Networks of one cell with their initial states. Precondition: no more than most_networks.
  Batch(const Problem& problem, const Stepping& stepping, std::vector<Network<double>> initial, std::size_t fits);

  /// Takes every network to the schedule's recorded time r. Precondition: r rises from call to call.
  void advance(const LaneKernels& kernels, const Schedule& schedule, std::size_t r, BatchScratch& scratch,
               RunControl& control);
  /// Observes every network there; what was seen stays in the scratch until its next use.
  void observe(const LaneKernels& kernels, const Schedule& schedule, std::size_t r, BatchScratch& scratch);
  /// Adds what was last observed.
  void tally(BatchScratch& scratch, CheckpointTally& tally) const;
  /// Adds the networks as they stand at the horizon.
  void finish(const LaneKernels& kernels, const Schedule& schedule, const std::vector<double>& thresholds,
              HorizonTally& tally);

  Network<double> network(std::size_t i) { return trajectories_.network(i); }
  Dip<double> dip(std::size_t i) { return record_at<Dip<double>>(dips_.view(), i); }

 private:
  Problem problem_;
  Stepping stepping_;
  std::vector<Network<double>> initial_;
  Trajectories trajectories_;
  AlignedColumns dips_;
  AlignedColumns previous_ln_gap_;
  std::vector<AlignedColumns> sums_;  ///< one for each fit of the schedule
};

/// Initial states of count trials from first on.
std::vector<Network<double>> initial_networks(const LaneKernels& kernels, const CellRun& cell, std::uint64_t first,
                                              std::size_t count);

}  // namespace logmargin
