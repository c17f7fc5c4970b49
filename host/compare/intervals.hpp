#pragma once

#include <cmath>
#include <cstdint>
#include <span>

#include "host/tally/distribution.hpp"

namespace logmargin {

/// Interval holds the limits of a 95 % confidence interval, NaN where they are not known.
struct Interval {
  double low = Quantiles::none, high = Quantiles::none;

  bool known() const { return std::isfinite(low) && std::isfinite(high); }
};

/// ShareDifference says how much larger a share is in B than in A.
struct ShareDifference {
  double difference, standard_error;
  Interval interval;
};

/// PairCounts counts the networks of two folders by whether they have a property in A and in B.
struct PairCounts {
  std::uint64_t in_both, in_a_alone, in_b_alone, in_none;
};

/// Returns Wilson's interval of a share, count of all. Precondition: 0 < all and count <= all.
Interval share_interval(std::uint64_t count, std::uint64_t all);

/// Returns the difference of the shares of two independent samples, with the hybrid score interval (R. G. Newcombe,
/// Statistics in Medicine 17 (1998) 873-890, method 10). Precondition: as for share_interval, in both.
ShareDifference difference_of_independent_shares(std::uint64_t count_a, std::uint64_t all_a, std::uint64_t count_b,
                                                 std::uint64_t all_b);

/// Returns the difference of the shares of the same networks in two folders, which the networks that changed decide.
/// Its interval is the score interval for paired data (R. G. Newcombe, Statistics in Medicine 17 (1998) 2635-2650,
/// method 10). Precondition: there is at least one network.
ShareDifference difference_of_paired_shares(const PairCounts& counts);

/// Returns the interval of a population's median from order statistics of a sample, whatever the distribution (W. J.
/// Conover, Practical Nonparametric Statistics, 3.2). The bars, rising, hold the sample; its limits are the outer ends
/// of theirs. It is not known for fewer than eight values.
Interval median_interval(std::span<const Bar> sample);

/// Returns the interval of b - a, two independent estimates with intervals of their own (G. Y. Zou and A. Donner,
/// Statistics in Medicine 27 (2008) 1693-1702).
Interval interval_of_difference(double a, const Interval& of_a, double b, const Interval& of_b);

}  // namespace logmargin
