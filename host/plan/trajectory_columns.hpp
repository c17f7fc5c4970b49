#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

namespace logmargin {

/// TrajectoryColumn is what a trajectory can hold of a network at each recorded t.
enum class TrajectoryColumn : int { gap, margin, z11, z12, z21, z22, pattern, log10_loss, classified };

/// TrajectoryColumnFacts says how files present a column.
struct TrajectoryColumnFacts {
  std::string_view name;
  std::string_view word;  ///< of --trajectories; columns that share one are chosen together
  std::string_view unit;
  std::string_view description;
  bool whole;  ///< a whole number from 0 to 15, kept in a byte
};

inline constexpr std::array<TrajectoryColumnFacts, 9> trajectory_column_facts = {{
    {"gap", "gap", "distance (as --data)",
     "best possible margin less the margin; NaN unless both points are classified correctly", false},
    {"margin", "margin", "distance (as --data)", "robustness margin; NaN unless both points are classified correctly",
     false},
    {"z11", "z", "1", "pre-activation of neuron 1 at point 1 (label +1)", false},
    {"z12", "z", "1", "pre-activation of neuron 1 at point 2 (label -1)", false},
    {"z21", "z", "1", "pre-activation of neuron 2 at point 1 (label +1)", false},
    {"z22", "z", "1", "pre-activation of neuron 2 at point 2 (label -1)", false},
    {"pattern", "pattern", "1",
     "which neuron fires at which point: 1 where z11 > 0, plus 2 where z12 > 0, plus 4 where z21 > 0, plus 8 where "
     "z22 > 0",
     true},
    {"log10_loss", "log10_loss", "1", "log10 of the mean loss", false},
    {"classified", "classified", "1", "1 where both points are classified correctly, else 0", true},
}};

constexpr const TrajectoryColumnFacts& facts_of(TrajectoryColumn column) {
  return trajectory_column_facts[static_cast<std::size_t>(column)];
}

/// TrajectoryColumns lists chosen columns in the order of the enumeration, each once.
using TrajectoryColumns = std::vector<TrajectoryColumn>;

}  // namespace logmargin
