#pragma once

#include <type_traits>

#include "kernels/network_columns.hpp"
#include "kernels/trial_source.hpp"
#include "logmargin/leaping_point.hpp"

namespace logmargin {

LOGMARGIN_HOST_DEVICE Network<double> initial_network(const TrialSource& source, std::uint64_t trial) {
  return network_from_weights(source.problem,
                              initial_weights({source.weight_law, source.bias_law}, source.seed, trial));
}

/// Network i of a batch is the trial first_trial + i, at t = 0, its tracks empty.
template <class Number>
LOGMARGIN_HOST_DEVICE void initialise_network(const TrialSource& source, std::uint64_t first_trial,
                                              const NetworkColumns<Number>& columns, std::size_t i) {
  const Network<double> network = initial_network(source, first_trial + i);
  columns.state.store(narrow<Number>(network), 0, i);
  const Problem& problem = source.problem;
  if constexpr (std::is_same_v<Number, double>) {
    if (!problem.method.plain()) columns.state.store(start_of(problem, network), 0, i);
  }
  columns.tracks.store(no_dip<double>(), 0, i);
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  columns.tracks.column(previous_ln_gap_column)[i] = none;
  const bool leaps = source.leaps();
  columns.tracks.column(first_phase_column)[i] =
      leaps ? leaping_point(problem.rate_positive, {network.z11, network.z21}).phase : none;
  columns.tracks.column(first_phase_column + 1)[i] =
      leaps ? leaping_point(problem.rate_negative, {network.z22, network.z12}).phase : none;
  for (int fit = 0; fit < most_fits; ++fit) columns.tracks.store(FitSums<double>{}, fit_column(fit), i);
}

}  // namespace logmargin
