#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "host/plan/data_pair.hpp"
#include "host/plan/precision.hpp"
#include "host/plan/schedule.hpp"
#include "host/plan/stepping.hpp"
#include "host/plan/vocabulary.hpp"
#include "logmargin/model/problem.hpp"

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
  double eta = 0.0;
  std::string optimizer, loss;
  std::int64_t dim = 1;
  DataPair data = {1.0, -1.0};

  Problem problem() const;
  Directions directions() const;  ///< of the points
};

/// A gap threshold of t_eps, and how the user wrote it.
struct Threshold {
  std::string text;
  double value;
};

/// What is to be computed: all that the results depend on. What is allowed is what the options of sweep allow.
struct Experiment {
  Axes axes;
  std::uint64_t trials = 10000;  ///< networks in each cell
  double steps = 1e6;            ///< the horizon: a whole number, up to 1e300 where closed forms lead there
  std::uint64_t seed = 0;
  RecordRule record;
  Precision precision = Precision::in_double;
  SteppingMode stepping = SteppingMode::automatic;
  std::vector<Threshold> thresholds = {{"0.1", 0.1}, {"0.01", 0.01}, {"0.001", 0.001}};

  /// Returns what the mode asks for, of which cells keep what their data allow. Mixed precision has no closed form.
  Stepping asked_stepping() const;
  std::vector<double> threshold_values() const;
  std::size_t cell_count() const;  ///< the largest number where there are more
  /// Returns one of the cells. Precondition: index < cell_count().
  Cell cell(std::size_t index) const;
  std::vector<Cell> cells() const;
};

inline constexpr double most_cells = 1e6;

}  // namespace logmargin
