#pragma once

#include "host/engine/cpu/lanes/lane_columns.hpp"
#include "logmargin/closed_form/time_to_gap.hpp"
#include "logmargin/initial/start_in_space.hpp"

namespace logmargin {

inline void initialise_networks(const Problem& problem, const InitialDistributions& laws, std::uint64_t seed,
                                std::uint64_t first, std::size_t count, ColumnsView state) {
  for (std::size_t i = 0; i < count; ++i) {
    Network<double> network = network_from_weights(problem, initial_weights(laws, seed, first + i));
    store<double>(network, state, i);
  }
}

inline void initialise_networks_in_space(const Problem& problem, const InitialDistributions& laws,
                                         const SpaceAxes& axes, std::uint64_t seed, std::uint64_t first,
                                         std::size_t count, ColumnsView state, ColumnsView orthogonal) {
  for (std::size_t i = 0; i < count; ++i) {
    SpatialStart start = initial_start(problem, laws, axes, seed, first + i);
    Network<double> network = network_from_weights(problem, start.on_line);
    store<double>(network, state, i);
    store<double>(start.orthogonal, orthogonal, i);
  }
}

inline void find_times_to_gap(const Problem& problem, const Network<double>& initial,
                              const OrthogonalComponent<double>* orthogonal, const double* thresholds,
                              std::size_t count, double* log10_t) {
  if (orthogonal == nullptr) {
    log10_times_to_gap(NetworkOnLine{}, problem, initial, thresholds, count, log10_t);
  } else {
    log10_times_to_gap(NetworkInRd{*orthogonal}, problem, initial, thresholds, count, log10_t);
  }
}

inline SingleNetworkLoops single_network_loops() {
  return {initialise_networks, initialise_networks_in_space, find_times_to_gap};
}

}  // namespace logmargin
