#pragma once

#include "kernels/device/cell_parameters.hpp"
#include "kernels/device/stepper_columns.hpp"

namespace logmargin {

/// Stores a network at t = 0, its tracks empty.
template <class Number>
LOGMARGIN_HOST_DEVICE void store_at_start(const Network<double>& network, const NetworkColumns<Number>& columns,
                                          std::size_t i) {
  columns.state.store(narrow<Number>(network), 0, i);
  columns.tracks.store(no_dip<double>(), 0, i);
  columns.tracks.column(previous_ln_gap_column)[i] = std::numeric_limits<double>::quiet_NaN();
  for (int fit = 0; fit < most_fits; ++fit) columns.tracks.store(FitSums<double>{}, fit_column(fit), i);
}

/// Stores network i of a batch, which is the trial first_trial + i.
template <class Geometry, class Number>
LOGMARGIN_HOST_DEVICE void initialise_network(const CellParameters& source, std::uint64_t first_trial,
                                              const NetworkColumns<Number>& columns, std::size_t i) {
  const TrialStart<Geometry> start = trial_start<Geometry>(source, first_trial + i);
  store_at_start(start.network, columns, i);
  store_geometry(start.geometry, columns.tracks, i);
}

/// Says whether a stepper's state has more at t = 0 than the network itself and zeros.
template <class Stepper>
inline constexpr bool begins_with_more = state_columns<Stepper> > network_columns;
template <class Number, bool coupled>
inline constexpr bool begins_with_more<DescentStepper<Number, coupled>> = false;

/// Makes the stepper of network i, which stands at t = 0. Precondition: begins_with_more, so that the network is kept
/// in doubles.
template <class Stepper, class Geometry>
LOGMARGIN_HOST_DEVICE void begin_stepper(const Problem& problem, const NetworkColumns<double>& columns, std::size_t i) {
  const double orthogonal_square = load_geometry<Geometry>(columns.tracks, i).orthogonal_square(problem);
  store_stepper(Stepper::start(problem, columns.state.load<Network<double>>(0, i), orthogonal_square), columns.state,
                i);
}

}  // namespace logmargin
