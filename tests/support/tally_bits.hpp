#pragma once

#include <bit>
#include <cstdint>
#include <vector>

#include "host/tally/tally.hpp"

namespace logmargin::testing {

/// Everything a tally reports, as integers: equal vectors are equal reports, to the bit.
class TallyBits {
 public:
  TallyBits& add(const Distribution& distribution) {
    const Quantiles quantiles = distribution.quantiles();
    bits_.push_back(quantiles.count);
    for (const double value : {quantiles.min, quantiles.max, quantiles.mean}) {
      bits_.push_back(std::bit_cast<std::uint64_t>(value));
    }
    for (const double value : quantiles.at_level) bits_.push_back(std::bit_cast<std::uint64_t>(value));
    return *this;
  }
  template <class Counts>
  TallyBits& add_counts(const Counts& counts) {
    for (const std::uint64_t count : counts) bits_.push_back(count);
    return *this;
  }
  std::vector<std::uint64_t> take() { return std::move(bits_); }

 private:
  std::vector<std::uint64_t> bits_;
};

inline std::vector<std::uint64_t> bits_of(const Distribution& distribution) {
  return TallyBits().add(distribution).take();
}

inline std::vector<std::uint64_t> bits_of(const CheckpointTally& tally) {
  TallyBits bits;
  bits.add_counts(tally.patterns).add_counts(std::vector<std::uint64_t>{tally.classified});
  return bits.add(tally.margin).add(tally.gap).add(tally.log10_loss).add(tally.local_log_exponent).take();
}

inline std::vector<std::uint64_t> bits_of(const HorizonTally& tally) {
  TallyBits bits;
  bits.add_counts(tally.outcome).add_counts(tally.dead_points);
  bits.add(tally.dip_margin).add(tally.dip_log10_t).add(tally.limiting_constant);
  for (const FitTally& fit : tally.fit) {
    bits.add_counts(fit.best).add(fit.inverse_log_constant).add(fit.constant_ratio).add(fit.inverse_log_r2);
    bits.add(fit.log_exponent).add(fit.power_exponent);
  }
  for (const TimeToGapTally& time : tally.time_to_gap) {
    bits.add(time.log10_t).add_counts(std::vector<std::uint64_t>{time.never_above});
  }
  bits.add_counts(std::vector<std::uint64_t>{tally.power_law_first_inverse_log_last});
  return bits.take();
}

}  // namespace logmargin::testing
