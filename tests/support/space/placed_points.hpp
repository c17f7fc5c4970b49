#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "logmargin/initial/start_in_space.hpp"
#include "logmargin/model/line_through.hpp"
#include "tests/support/random_source.hpp"
#include "tests/support/space/space_descent.hpp"

namespace logmargin::testing {

/// Two points, how they lie, and the problem they make.
struct PlacedPoints {
  std::vector<double> positive, negative, along, across;
  PointPair points;
  std::int64_t dim;

  PlacedPoints(std::vector<double> first, std::vector<double> second, std::int64_t dimension)
      : positive(std::move(first)),
        negative(std::move(second)),
        along(positive.size()),
        across(positive.size()),
        points(line_through(positive.data(), negative.data(), positive.size(), along.data(), across.data())),
        dim(dimension) {}

  Problem problem(double step_size, const Method& method = {}) const {
    return make_problem(points, dim > 1, step_size, method);
  }
  SpaceAxes axes() const { return {dim, static_cast<std::int64_t>(along.size()), along.data(), across.data()}; }
};

/// Some 1 long, else steps at so high a rate would multiply rounding.
inline std::vector<double> random_vector(RandomSource& random, std::size_t length) {
  std::vector<double> vector(length);
  for (double& component : vector) component = random.normal() / std::sqrt(static_cast<double>(length));
  return vector;
}

/// Whole weights, drawn here, and what the product makes of them.
struct PairOfWeights {
  SpaceDescent whole;
  SpatialStart start;
};

inline PairOfWeights random_pair_of_weights(RandomSource& random, const PlacedPoints& placed, double step_size) {
  const auto width = static_cast<std::size_t>(placed.dim);
  const auto multi_dimensional = [&](const std::vector<double>& vector) {
    SpaceDescent::Vector padded(vector.begin(), vector.end());
    padded.resize(width, 0.0L);
    return padded;
  };
  const std::vector<double> w1 = random_vector(random, width);
  const std::vector<double> w2 = random_vector(random, width);
  const double b1 = random.normal();
  const double b2 = random.normal();
  const SplitWeights split = split_weights(placed.axes(), placed.dim, [&](std::int64_t k) {
    return DrawnRow{w1[static_cast<std::size_t>(k)], w2[static_cast<std::size_t>(k)]};
  });
  return {{{multi_dimensional(placed.positive), multi_dimensional(placed.negative)},
           step_size,
           {multi_dimensional(w1), multi_dimensional(w2)},
           {b1, b2}},
          start_of_split(placed.problem(step_size), split, 1.0, b1, b2)};
}

}  // namespace logmargin::testing
