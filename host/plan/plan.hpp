#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/plan/data_pair.hpp"
#include "host/plan/precision.hpp"
#include "host/plan/schedule.hpp"
#include "host/plan/stepping.hpp"
#include "host/plan/vocabulary.hpp"
#include "logmargin/problem.hpp"

namespace logmargin {

/// The values each axis takes, in the order in which cells nest: the last runs fastest.
struct Axes {
  std::vector<std::string> init = {"he-normal"};
  std::vector<std::string> bias = {"zero"};
  std::vector<double> eta = {0.1};
  std::vector<std::string> optimizer = {"gd"};
  std::vector<std::string> loss = {"exp"};
  std::vector<std::int64_t> dim = {1};
  std::vector<DataPair> data = {{1.0, -1.0}};
};

/// One combination of the axes.
struct Cell {
  std::string init, bias;
  double eta;
  std::string optimizer, loss;
  std::int64_t dim;
  DataPair data;

  Problem problem() const;
  Directions directions() const;  ///< of the points
};

/// A gap threshold of t_eps, and how the user wrote it.
struct Threshold {
  std::string text;
  double value;
};

/// What is to be computed: all that may enter the results.
struct Plan {
  Axes axes;
  std::uint64_t trials = 10000;
  double steps = 1e6;
  std::uint64_t seed = 0;
  RecordRule record;
  Precision precision = Precision::in_double;
  Stepping stepping = auto_stepping;
  std::vector<Threshold> thresholds;

  std::vector<double> threshold_values() const;
  std::size_t cell_count() const;  ///< the largest number where there are more
  std::vector<Cell> cells() const;
};

inline constexpr double most_cells = 1e6;

}  // namespace logmargin
