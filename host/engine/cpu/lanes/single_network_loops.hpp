#pragma once

#include "host/engine/cpu/lanes/lane_columns.hpp"
#include "logmargin/initial/start_in_space.hpp"
#include "logmargin/stepping/time_to_gap.hpp"

namespace logmargin {

inline void initialise_networks(const Problem& problem, const InitialDistributions& laws, const SpaceAxes& axes,
                                std::uint64_t seed, std::uint64_t first, std::size_t count, Network<double>* networks,
                                OrthogonalComponent<double>* orthogonal) {
  for (std::size_t i = 0; i < count; ++i) {
    if (orthogonal == nullptr) {
      networks[i] = network_from_weights(problem, initial_weights(laws, seed, first + i));
    } else {
      const SpatialStart start = initial_start(problem, laws, axes, seed, first + i);
      networks[i] = network_from_weights(problem, start.on_line);
      orthogonal[i] = start.orthogonal;
    }
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

inline SingleNetworkLoops single_network_loops() { return {initialise_networks, find_times_to_gap}; }

}  // namespace logmargin
