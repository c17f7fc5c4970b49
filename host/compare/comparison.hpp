#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "host/compare/intervals.hpp"
#include "host/compare/paired_trials.hpp"
#include "host/results/cell_axes.hpp"

namespace logmargin {

/// ComparedShare is the share of one outcome in two cells.
struct ComparedShare {
  std::uint64_t a = 0, b = 0;  ///< networks
  ShareDifference difference{};
};

/// ComparedCount is a number of networks that have no time to a gap, for one reason.
struct ComparedCount {
  std::string name;  ///< as summary.json has it: never_above, never_within, not_known
  std::uint64_t a, b;
};

/// QuantityOfNetworks is how one quantity differs network by network.
struct QuantityOfNetworks {
  std::uint64_t smaller_in_b, equal, larger_in_b;  ///< networks that have the quantity in A and in B
  Quantiles differences;                           ///< B - A, over those where it is finite
  Interval of_median;                              ///< for the median of the differences
};

/// ComparedQuantity is one quantity in two cells, over the networks that have it.
struct ComparedQuantity {
  std::string name;   ///< as trials.h5 has it
  std::string label;  ///< as tables have it
  BinScale scale;     ///< on which the quantiles are counted
  Quantiles a, b;
  std::vector<ComparedCount> without = {};  ///< networks of which the quantiles are not
  Interval of_medians = {};                 ///< for the difference of the medians, of independent samples
  std::optional<QuantityOfNetworks> networks = std::nullopt;

  double difference_of_medians() const { return b.median() - a.median(); }
  /// Returns how far that may be from the difference of the values' own medians, as quantiles are known to bins alone.
  double resolution() const;
};

/// ComparedCell is a cell of A beside one of B.
struct ComparedCell {
  std::size_t a_index, b_index;
  AxisValues a_axes, b_axes;
  std::uint64_t a_trials, b_trials;
  std::array<ComparedShare, outcomes> shares = {};
  bool shares_are_paired = false;
  std::vector<ComparedQuantity> quantities = {};
  std::uint64_t paired_networks = 0;                                       ///< 0 where networks are not paired
  std::array<std::array<std::uint64_t, outcomes>, outcomes> outcome = {};  ///< paired ones, by that in A, then in B
  std::string not_paired = {};                                             ///< why they are not; else empty
  bool same_start = false;  ///< the options say that the networks began with the same weights
  bool same = false;        ///< no share, quantile or count differs, nor any paired network
};

/// ComparedFolder is one of the two folders.
// NOLINTNEXTLINE(bugprone-exception-escape): the constructor of JSON may throw
struct ComparedFolder {
  std::filesystem::path path;
  nlohmann::ordered_json program, config;  ///< as in summary.json
  std::vector<AxisValues> cells;
};

/// Comparison says how the results of folder B differ from those of folder A.
// NOLINTNEXTLINE(bugprone-exception-escape): the constructor of JSON may throw
struct Comparison {
  ComparedFolder a, b;
  std::vector<std::string> options;  ///< that results depend on and that differ
  std::vector<ComparedCell> cells;
  std::vector<std::size_t> in_a_alone, in_b_alone;  ///< cells, by index
  std::vector<std::size_t> varying;                 ///< axes that tell the cells apart, as places in axis_names

  /// Returns whether all cells have a counterpart, with the same results.
  bool same() const;
};

/// Compares two folders that sweep wrote. Networks are paired where both hold trials.h5 and say that they began with
/// the same weights. Memory does not grow with the number of trials or recorded t. Throws FileError where a file is
/// missing or not whole, and UsageError where the folders have no cell in common.
Comparison compare_folders(const std::filesystem::path& a, const std::filesystem::path& b);

}  // namespace logmargin
