#pragma once

#include "kernels/device/cell_parameters.hpp"
#include "kernels/device/stepper_columns.hpp"

namespace logmargin {

LOGMARGIN_HOST_DEVICE Network<double> initial_network(const CellParameters& source, std::uint64_t trial) {
  return network_from_weights(
      source.problem, initial_weights({source.weight_distribution, source.bias_distribution}, source.seed, trial));
}

LOGMARGIN_HOST_DEVICE SpatialStart start_in_space(const CellParameters& source, std::uint64_t trial) {
  return initial_start(source.problem, {source.weight_distribution, source.bias_distribution}, source.axes, source.seed,
                       trial);
}

/// Stores a network at t = 0, its tracks empty.
template <class Number>
LOGMARGIN_HOST_DEVICE void store_at_start(const Network<double>& network, const NetworkColumns<Number>& columns,
                                          std::size_t i) {
  columns.state.store(narrow<Number>(network), 0, i);
  columns.tracks.store(no_dip<double>(), 0, i);
  columns.tracks.column(previous_ln_gap_column)[i] = std::numeric_limits<double>::quiet_NaN();
  for (int fit = 0; fit < most_fits; ++fit) columns.tracks.store(FitSums<double>{}, fit_column(fit), i);
}

/// Stores network i of a batch, which is the trial first_trial + i, on the line or in space.
template <bool multi_dimensional, class Number>
LOGMARGIN_HOST_DEVICE void initialise_network(const CellParameters& source, std::uint64_t first_trial,
                                              const NetworkColumns<Number>& columns, std::size_t i) {
  if constexpr (multi_dimensional) {
    const SpatialStart start = start_in_space(source, first_trial + i);
    store_at_start(network_from_weights(source.problem, start.on_line), columns, i);
    columns.tracks.store(start.orthogonal, first_orthogonal_column, i);
  } else {
    store_at_start(initial_network(source, first_trial + i), columns, i);
  }
}

/// Says whether a stepper's state has more than the network itself.
template <class Stepper>
inline constexpr bool has_own_columns = state_columns<Stepper> > network_columns;

/// Makes the stepper of network i, which stands at t = 0. Precondition: has_own_columns, so that the network is kept in
/// doubles.
template <class Stepper>
LOGMARGIN_HOST_DEVICE void begin_stepper(const Problem& problem, bool multi_dimensional,
                                         const NetworkColumns<double>& columns, std::size_t i) {
  const double orthogonal_square =
      multi_dimensional
          ? squared_size(problem, columns.tracks.load<OrthogonalComponent<double>>(first_orthogonal_column, i))
          : 0.0;
  store_stepper(Stepper::start(problem, columns.state.load<Network<double>>(0, i), orthogonal_square), columns.state,
                i);
}

}  // namespace logmargin
