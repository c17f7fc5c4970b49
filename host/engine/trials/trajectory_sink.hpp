#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace logmargin {

/// TrajectorySink takes the rows of a cell's trajectories as its batches pass the recorded t.
class TrajectorySink {
 public:
  virtual ~TrajectorySink() = default;
  /// Takes the rows of neighbouring networks, the first of which is number first_network of the cell's trials in this
  /// run: for the recorded t number first_time and those that follow, and then for each trajectory column of the cell,
  /// the values of all these networks. It is called by several threads at once and in any order, once for each network
  /// and recorded t. It may throw, which ends the run.
  virtual void take(std::uint64_t first_network, std::size_t networks, std::size_t first_time,
                    std::span<const double> rows) = 0;
};

}  // namespace logmargin
