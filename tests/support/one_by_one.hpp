#pragma once

#include <vector>

#include "host/engine/engine.hpp"

namespace logmargin::testing {

struct CellTallies {
  std::vector<CheckpointTally> checkpoints;
  HorizonTally horizon;
};

/// What an engine has to give: the trials of a cell, each alone, from the formulas on plain numbers: doubles, or
/// pairs of floats.
template <class Number = double>
CellTallies one_by_one(const CellRun& cell, const Schedule& schedule) {
  CellTallies tallies;
  tallies.checkpoints.resize(schedule.times.size());
  for (std::uint64_t i = cell.first_trial; i < cell.first_trial + cell.trials; ++i) {
    const Weights theta = initial_weights(cell.weight_law, cell.bias_law, cell.seed, i);
    auto network = narrow<Number>(network_from_weights(cell.problem, theta));
    Dip<double> dip = no_dip<double>();
    FitSums<double> sums{};
    double t = 0.0;
    for (std::size_t r = 0; r < schedule.times.size(); ++r) {
      for (; t < schedule.times[r].t; ++t) network = gradient_step(cell.problem, network);
      const Observation<double> seen = observe(cell.problem, widen(network));
      CheckpointTally& tally = tallies.checkpoints[r];
      ++tally.patterns[static_cast<std::size_t>(seen.pattern)];
      tally.log10_loss.add(seen.log10_loss);
      if (seen.classified != 0.0) {
        ++tally.classified;
        tally.margin.add(seen.margin);
        tally.gap.add(seen.gap);
      }
      add(dip, schedule.times[r], seen);
      if (schedule.times[r].in_fit_window) add(sums, schedule.times[r], seen);
    }
    add(tallies.horizon, cell.problem, network, dip, sums, schedule.fit_window);
  }
  return tallies;
}

}  // namespace logmargin::testing
