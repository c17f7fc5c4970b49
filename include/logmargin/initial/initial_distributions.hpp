#pragma once

#include <cstdint>

#include "logmargin/model/orthogonal_component.hpp"

namespace logmargin {

/// InitialDistribution is a symmetric law of one parameter.
struct InitialDistribution {
  /// Family is the kind of the law, which is symmetric about zero.
  enum class Family : int { normal, uniform };
  Family family;  ///< of the density
  double scale;   ///< standard deviation, or half-width; 0 gives zeros
};

/// InitialDistributions holds the laws of all weights and of all biases.
struct InitialDistributions {
  InitialDistribution weight;  ///< of w1 and w2
  InitialDistribution bias;    ///< of b1 and b2
};

/// SpaceAxes says how the points lie among the axes of R^dim: the directions of OrthogonalComponent, as their first
/// coordinates.
struct SpaceAxes {
  std::int64_t dim;
  std::int64_t coordinates;  ///< from 1 to dim; all beyond are 0
  const double* along;       ///< e
  const double* across;      ///< f, or zeros where the line of the points meets the origin
};

/// SpatialStart is a network in space before the first step.
struct SpatialStart {
  Weights on_line;  ///< w_e and B = q w_f + b of each neuron, for network_from_weights
  OrthogonalComponent<double> orthogonal;
};

}  // namespace logmargin
