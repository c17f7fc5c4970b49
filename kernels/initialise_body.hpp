#pragma once

#include "kernels/network_columns.hpp"
#include "kernels/trial_source.hpp"

namespace logmargin {

/// Network i of a batch is the trial first_trial + i, at t = 0, its tracks empty.
template <class Number>
LOGMARGIN_HOST_DEVICE void initialise_network(const TrialSource& source, std::uint64_t first_trial,
                                              const NetworkColumns<Number>& columns, std::size_t i) {
  const Weights theta = initial_weights({source.weight_law, source.bias_law}, source.seed, first_trial + i);
  columns.state.store(narrow<Number>(network_from_weights(source.problem, theta)), 0, i);
  columns.tracks.store(no_dip<double>(), 0, i);
  columns.tracks.store(FitSums<double>{}, first_fit_column, i);
}

}  // namespace logmargin
