#pragma once

#include <cstdint>

#include "logmargin/model/frozen_part.hpp"

namespace logmargin {

/// ParameterLaw is a symmetric law of one parameter.
struct ParameterLaw {
  /// About zero.
  enum class Shape : int { normal, uniform };
  Shape shape;   ///< of the density
  double scale;  ///< standard deviation, or half-width; 0 gives zeros
};

/// InitialLaws holds the laws of all weights and of all biases.
struct InitialLaws {
  ParameterLaw weight;  ///< of w1 and w2
  ParameterLaw bias;    ///< of b1 and b2
};

/// SpaceAxes says how the points lie among the axes of R^dim: the directions of FrozenPart, as their first coordinates.
struct SpaceAxes {
  std::int64_t dim;
  std::int64_t coordinates;  ///< from 1 to dim; all beyond are 0
  const double* along;       ///< e
  const double* across;      ///< f, or zeros where the line of the points meets the origin
};

/// SpatialStart is a network in space before the first step.
struct SpatialStart {
  Weights on_line;  ///< w_e and B = q w_f + b of each neuron, for network_from_weights
  FrozenPart<double> frozen;
};

}  // namespace logmargin
