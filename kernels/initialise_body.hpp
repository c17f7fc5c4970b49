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

LOGMARGIN_HOST_DEVICE SpatialStart start_in_space(const TrialSource& source, std::uint64_t trial) {
  return initial_start(source.problem, {source.weight_law, source.bias_law}, source.axes, source.seed, trial);
}

/// A network at t = 0, its tracks empty. frozen_square: see Start.
template <class Number>
LOGMARGIN_HOST_DEVICE void store_at_start(const TrialSource& source, const Network<double>& network,
                                          double frozen_square, const NetworkColumns<Number>& columns, std::size_t i) {
  columns.state.store(narrow<Number>(network), 0, i);
  const Problem& problem = source.problem;
  if constexpr (std::is_same_v<Number, double>) {
    if (!problem.method.plain()) columns.state.store(start_of(problem, network, frozen_square), 0, i);
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

/// Network i of a batch is the trial first_trial + i, on the line or in space.
template <bool in_space, class Number>
LOGMARGIN_HOST_DEVICE void initialise_network(const TrialSource& source, std::uint64_t first_trial,
                                              const NetworkColumns<Number>& columns, std::size_t i) {
  if constexpr (in_space) {
    const SpatialStart start = start_in_space(source, first_trial + i);
    const Network<double> network = network_from_weights(source.problem, start.on_line);
    store_at_start(source, network, squared_size(source.problem, start.frozen), columns, i);
    columns.tracks.store(start.frozen, first_frozen_column, i);
  } else {
    store_at_start(source, initial_network(source, first_trial + i), 0.0, columns, i);
  }
}

}  // namespace logmargin
