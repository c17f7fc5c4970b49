#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "logmargin/line_through.hpp"
#include "logmargin/start_in_space.hpp"

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

  Problem problem(double step_size) const { return make_problem(points, dim > 1, step_size); }
  SpaceAxes axes() const { return {dim, static_cast<std::int64_t>(along.size()), along.data(), across.data()}; }
};

}  // namespace logmargin::testing
