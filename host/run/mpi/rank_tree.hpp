#pragma once

#include <vector>

namespace logmargin {

/// Returns a rank's parent, which has the rank's lowest bit cleared. This makes the binomial tree by which sums reach
/// rank 0 in log2(count) rounds. Precondition: rank > 0.
constexpr unsigned parent_of(unsigned rank) { return rank & (rank - 1); }

/// Ranks of the subtree of a rank above 0 are rank ... end_of_subtree - 1.
constexpr unsigned end_of_subtree(unsigned rank, unsigned count) {
  const unsigned lowest_bit = rank & (~rank + 1);
  return lowest_bit < count - rank ? rank + lowest_bit : count;
}

/// Returns the children of a rank. Precondition: rank < count.
inline std::vector<unsigned> children_of(unsigned rank, unsigned count) {
  std::vector<unsigned> children;
  for (unsigned bit = 1; (rank & bit) == 0 && bit < count - rank; bit <<= 1) children.push_back(rank | bit);
  return children;
}

}  // namespace logmargin
