#pragma once

#include <vector>

#include "host/engine/engine.hpp"
#include "logmargin/method_state.hpp"
#include "logmargin/time_to_gap.hpp"

namespace logmargin::testing {

struct CellTallies {
  std::vector<CheckpointTally> checkpoints;
  HorizonTally horizon;
};

/// One network in lockstep, from the formulas on plain numbers.
template <class Number>
struct LoneNetwork {
  Network<Number> network;

  LoneNetwork(const Problem&, const Network<double>& initial) : network(narrow<Number>(initial)) {}
  void step(const Problem& problem, double) { network = gradient_step(problem, network); }
  Network<double> state() const { return widen(network); }
  Outcome outcome(const Problem& problem, double) const { return classify(problem, network); }
};

/// The same under any method.
struct LoneMethodNetwork {
  MethodState now;

  LoneMethodNetwork(const Problem& problem, const Network<double>& initial) : now(start_of(problem, initial)) {}
  void step(const Problem& problem, double t) { advance_state(problem, t, 1, now); }
  Network<double> state() const { return now.network; }
  Outcome outcome(const Problem& problem, double t) const { return classify(problem, t, now); }
};

/// What an engine has to give in lockstep: the trials of a cell, each alone, as a Lone.
template <class Lone = LoneNetwork<double>>
CellTallies one_by_one(const CellRun& cell, const Schedule& schedule) {
  CellTallies tallies;
  tallies.horizon = HorizonTally(schedule.fits.size(), cell.thresholds.size());
  tallies.checkpoints.resize(schedule.times().size());
  for (std::uint64_t i = cell.first_trial; i < cell.first_trial + cell.trials; ++i) {
    const Weights theta = initial_weights(cell.laws, cell.seed, i);
    const Network<double> initial = network_from_weights(cell.problem, theta);
    Lone lone(cell.problem, initial);
    HorizonState state = {cell.problem,
                          {},
                          {},
                          {},
                          std::numeric_limits<double>::quiet_NaN(),
                          no_dip<double>(),
                          std::vector<FitSums<double>>(schedule.fits.size()),
                          std::vector<double>(cell.thresholds.size())};
    double previous_ln_gap = std::numeric_limits<double>::quiet_NaN();
    double t = 0.0;
    for (std::size_t r = 0; r < schedule.times().size(); ++r) {
      for (; t < schedule.times()[r].t; ++t) lone.step(cell.problem, t);
      const Observation<double> seen = observe(cell.problem, lone.state());
      CheckpointTally& tally = tallies.checkpoints[r];
      ++tally.patterns[static_cast<std::size_t>(seen.pattern)];
      tally.log10_loss.add(seen.log10_loss);
      if (seen.classified != 0.0) {
        ++tally.classified;
        tally.margin.add(seen.margin);
        tally.gap.add(seen.gap);
      }
      const double limit = limiting_gap(cell.problem);
      const double exponent = local_log_exponent(previous_ln_gap, schedule.times()[r], seen, limit);
      if (seen.classified != 0.0) tally.local_log_exponent.add(exponent);
      add(state.dip, schedule.times()[r], seen);
      for (std::size_t fit = 0; fit < schedule.fits.size(); ++fit) {
        const RecordedTime& time = schedule.fits[fit].times[r];
        if (time.in_fit_window) add(state.sums[fit], time, excess_gap(seen, limit));
      }
    }
    state.network = lone.state();
    state.seen = observe(cell.problem, state.network);
    state.outcome = lone.outcome(cell.problem, t);
    if (state.outcome == Outcome::converging) {
      log10_times_to_gap(NetworkOnLine{}, cell.problem, initial, cell.thresholds.data(), cell.thresholds.size(),
                         state.log10_t_eps.data());
    }
    add(tallies.horizon, trial_values(state, schedule));
  }
  return tallies;
}

}  // namespace logmargin::testing
