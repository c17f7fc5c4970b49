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
  return bits.add(tally.margin).add(tally.gap).add(tally.log10_loss).take();
}

inline std::vector<std::uint64_t> bits_of(const HorizonTally& tally) {
  TallyBits bits;
  bits.add_counts(tally.outcome).add_counts(tally.dead_points).add_counts(tally.best_fit);
  bits.add(tally.dip_margin).add(tally.dip_log10_t).add(tally.inverse_log_constant).add(tally.limiting_constant);
  bits.add(tally.constant_ratio).add(tally.inverse_log_r2).add(tally.log_exponent).add(tally.power_exponent);
  return bits.take();
}

}  // namespace logmargin::testing
