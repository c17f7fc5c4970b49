#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "host/results/reading/listed_trials.hpp"
#include "host/tally/distribution.hpp"
#include "logmargin/measure/outcome.hpp"

namespace logmargin {

/// ListedQuantity is a column of trials.h5, with the scale on which its values are counted.
struct ListedQuantity {
  std::string column;
  BinScale scale;
};

/// PairedQuantity is how one quantity differs from A to B, over the networks that have it in both. Infinite times count
/// as such: a gap never above the threshold is the smallest of all, one never within it the largest.
struct PairedQuantity {
  std::uint64_t smaller_in_b = 0, equal = 0, larger_in_b = 0;
  Distribution differences{BinScale::relative};  ///< B - A, where both are finite

  std::uint64_t networks() const { return smaller_in_b + equal + larger_in_b; }
};

/// PairedTrials is what became of the trials that are in both folders.
struct PairedTrials {
  std::uint64_t networks = 0;
  std::uint64_t other_starts = 0;  ///< networks that did not start from the same weights
  std::array<std::array<std::uint64_t, outcomes>, outcomes> outcome{};  ///< networks by outcome in A, then in B
  std::vector<PairedQuantity> quantities;                               ///< as asked for
};

/// Reads the rows of the cells that A and B are at, a block at a time, and pairs those of the same trial.
/// compares_starts says whether both folders state the weights at t = 0 in the same way. Throws FileError.
PairedTrials paired_trials(const ListedTrials& a, const ListedTrials& b, const std::vector<ListedQuantity>& quantities,
                           bool compares_starts);

/// Reads the same rows of one folder and returns the distribution of each quantity. Throws FileError.
std::vector<Distribution> listed_distributions(const ListedTrials& trials,
                                               const std::vector<ListedQuantity>& quantities);

}  // namespace logmargin
