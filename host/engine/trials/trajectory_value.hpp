#pragma once

#include "host/plan/trajectory_columns.hpp"
#include "logmargin/model/observation.hpp"

namespace logmargin {

/// Returns a column's value of a network and what it shows, as_told.
inline double trajectory_value(TrajectoryColumn column, const Network<double>& network,
                               const Observation<double>& seen) {
  switch (column) {
    case TrajectoryColumn::gap:
      return seen.gap;
    case TrajectoryColumn::margin:
      return seen.margin;
    case TrajectoryColumn::z11:
      return network.z11;
    case TrajectoryColumn::z12:
      return network.z12;
    case TrajectoryColumn::z21:
      return network.z21;
    case TrajectoryColumn::z22:
      return network.z22;
    case TrajectoryColumn::pattern:
      return seen.pattern;
    case TrajectoryColumn::log10_loss:
      return seen.log10_loss;
    case TrajectoryColumn::classified:
      break;
  }
  return seen.classified;
}

}  // namespace logmargin
