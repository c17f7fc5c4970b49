#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "host/engine/engine.hpp"

namespace logmargin::testing {

/// So many trials on the data in R^dim, weights at a scale that fits it.
inline CellRun spatial_cell(const char* data, std::int64_t dim, InitialDistribution::Family shape,
                            std::uint64_t trials) {
  const PlacedPair placed = parse_data_pair(data).placed(dim);
  const InitialDistribution law = {shape, 1.5 / std::sqrt(static_cast<double>(dim))};
  CellRun cell = {make_problem(placed.points, true, 0.2), {law, {shape, 0.5}}, 20261202, 3, trials};
  cell.directions = placed.directions;
  cell.thresholds = {0.3, 0.01};
  return cell;
}

/// Points that decouple and points that do not, whose line meets the origin or not, few dimensions and many.
inline const std::vector<CellRun>& spatial_cells() {
  using Shape = InitialDistribution::Family;
  static const std::vector<CellRun> all = {
      spatial_cell("+1,-1", 3, Shape::normal, 133),
      spatial_cell("+2,-0.75", 100, Shape::uniform, 133),
      spatial_cell("+1,-1", 1'000'000, Shape::uniform, 133),
      spatial_cell("(1,0.5,0),(-1,2,0.25)", 4, Shape::uniform, 133),
      spatial_cell("(2,1),(-1,1)", 2, Shape::normal, 133),
      spatial_cell("(1,0.5),(-2,0.5)", 2000, Shape::normal, 133),
  };
  return all;
}

inline std::string name_of(const CellRun& cell) {
  return "points " + std::to_string(cell.problem.positive_position) + " and " +
         std::to_string(cell.problem.negative_position) + " along a line " + std::to_string(cell.problem.offset) +
         " from the origin of R^" + std::to_string(cell.directions.dim);
}

}  // namespace logmargin::testing
