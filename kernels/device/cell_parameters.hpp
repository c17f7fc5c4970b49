#pragma once

#include "logmargin/initial/start_in_space.hpp"
#include "logmargin/stepping/stepping.hpp"
#include "logmargin/stepping/time_to_gap.hpp"

namespace logmargin {

/// CellParameters says where a cell's networks come from and how they move. Trial i starts from
/// initial_weights(weight_distribution, bias_distribution, seed, i) on the problem's data, in space from its
/// initial_start. They leap where with_stepper knows leaps.
struct CellParameters {
  Problem problem;
  InitialDistribution weight_distribution;
  InitialDistribution bias_distribution;
  std::uint64_t seed;
  Stepping stepping = lockstep_stepping;
  SpaceAxes axes = {};  ///< of points in space

  LOGMARGIN_HOST_DEVICE InitialDistributions laws() const { return {weight_distribution, bias_distribution}; }
};

/// TrialStart is a trial before the first step: its network, and what its geometry knows beside.
template <class Geometry>
struct TrialStart {
  Network<double> network;
  Geometry geometry;
};

template <class Geometry>
LOGMARGIN_HOST_DEVICE TrialStart<Geometry> trial_start(const CellParameters& source, std::uint64_t trial) {
  if constexpr (std::is_same_v<Geometry, NetworkInRd>) {
    const SpatialStart start = initial_start(source.problem, source.laws(), source.axes, source.seed, trial);
    return {network_from_weights(source.problem, start.on_line), {start.orthogonal}};
  } else {
    return {network_from_weights(source.problem, initial_weights(source.laws(), source.seed, trial)), {}};
  }
}

}  // namespace logmargin
