#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "logmargin/initial/initial_distributions.hpp"
#include "logmargin/model/problem.hpp"

namespace logmargin {

/// Directions says how two points lie among the axes of R^dim; see SpaceAxes.
struct Directions {
  std::int64_t dim = 1;
  std::vector<double> along = {1.0}, across = {0.0};

  SpaceAxes axes() const { return {dim, static_cast<std::int64_t>(along.size()), along.data(), across.data()}; }
};

/// PlacedPair holds two points of R^dim: what the recurrence sees of them, and where they are.
struct PlacedPair {
  PointPair points;
  Directions directions;
};

/// DataPair holds the label +1 and the label -1 point, as positions on the first axis or as vectors.
struct DataPair {
  double positive, negative;
  std::vector<double> positive_vector = {}, negative_vector = {};  ///< equally long; empty for positions

  std::int64_t length() const;  ///< of the vectors; 1 for positions
  std::string text() const;     ///< as --data takes it
  /// Returns the pair in R^dim, where vectors continue with zeros. Precondition: dim >= length().
  PlacedPair placed(std::int64_t dim) const;
};

inline constexpr double most_dimensions = 1e6;

/// Reads "P,N" or "(P1,P2,..),(N1,N2,..)". Throws UsageError unless these are two points that lie at most 1e150 from
/// the origin and at least 1e-150 apart.
DataPair parse_data_pair(std::string_view text);

}  // namespace logmargin
