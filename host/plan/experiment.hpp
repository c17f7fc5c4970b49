#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "host/plan/data_pair.hpp"
#include "host/plan/given_weights.hpp"
#include "host/plan/precision.hpp"
#include "host/plan/schedule.hpp"
#include "host/plan/stepping.hpp"
#include "host/plan/vocabulary.hpp"
#include "logmargin/initial/initial_distributions.hpp"
#include "logmargin/model/problem.hpp"
#include "logmargin/stepping/stepping.hpp"

namespace logmargin {

/// Axes holds the values that each axis takes, in the order in which cells nest: the last axis runs fastest.
struct Axes {
  std::vector<std::string> init = {"he-normal"};  ///< names of weight_distribution
  std::vector<std::string> bias = {"zero"};       ///< names of bias_distribution
  std::vector<double> eta = {0.1};                ///< step sizes > 0
  std::vector<std::string> optimizer = {"gd"};    ///< gd, ngd, heavy-ball=BETA, nesterov, dual, prgd or flow
  std::vector<std::string> loss = {"exp"};        ///< exp or logistic
  std::vector<std::int64_t> dim = {1};            ///< dimensions up to most_dimensions; the default goes with any data
  std::vector<DataPair> data = {{1.0, -1.0}};     ///< the two training points; parse_data_pair reads vectors
};

/// Cell is one combination of the values of the axes.
struct Cell {
  std::string init, bias;
  double eta = 0.0;
  std::string optimizer, loss;
  std::int64_t dim = 1;
  DataPair data = {1.0, -1.0};

  Problem problem() const;
  Directions directions() const;      ///< of the points
  InitialDistributions laws() const;  ///< of the weights; where these are given, of no meaning
};

/// Threshold is a gap threshold of t_eps, with the text that the user wrote.
struct Threshold {
  std::string text;
  double value;
  bool relative = false;  ///< to gamma_star, the largest margin

  /// Returns the gap that it stands for.
  double in(const Problem& problem) const { return relative ? value * problem.optimal_margin : value; }
  /// Returns it as sentences name it: "0.1", or "1% of gamma*".
  std::string words() const { return relative ? text + " of gamma*" : text; }
};

/// Reads a number > 0, or one with a % sign, which is relative to gamma_star.
std::optional<Threshold> parse_threshold(const std::string& text);

/// Experiment says what is to be computed: all that the results depend on. It allows what the options of sweep allow.
struct Experiment {
  Axes axes;
  std::uint64_t trials = 10000;  ///< networks in each cell, up to 1e15
  /// This is the horizon, a whole number up to 1e15. It may be up to 1e300 for flow and for gd on the exponential loss
  /// in double precision, because these have closed forms for most networks.
  double steps = 1e6;
  std::uint64_t seed = 0;
  RecordRule record;
  Statistics statistics;  ///< what is tallied at each recorded t
  Precision precision = Precision::in_double;
  SteppingMode stepping = SteppingMode::automatic;
  std::vector<Threshold> thresholds = {{"0.1", 0.1}, {"0.01", 0.01}, {"0.001", 0.001}};
  /// These are the initial weights, where they are given and not drawn. There are at least as many rows as trials, of
  /// the axis' one dimension, and init and bias are given_weights_word.
  std::shared_ptr<const GivenWeights> weights = nullptr;
  std::string theta;  ///< the name of the given weights, which is known also where they are not at hand

  /// Returns what the mode asks for; choose_stepping says what comes of it in a cell.
  Stepping asked_stepping() const;
  std::vector<double> threshold_values(const Problem& problem) const;
  std::size_t cell_count() const;  ///< the largest number where there are more
  /// Returns one of the cells. Precondition: index < cell_count().
  Cell cell(std::size_t index) const;
  std::vector<Cell> cells() const;
};

inline constexpr double most_cells = 1e6;

}  // namespace logmargin
