#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <vector>

#include "host/tally/tally_fields.hpp"

namespace logmargin::testing {

/// Everything that a tally is made of, as integers: equal vectors are equal tallies, to the bit.
class TallyBits {
 public:
  void operator()(std::uint64_t count) { bits_.push_back(count); }
  template <std::size_t Size>
  void operator()(const std::array<std::uint64_t, Size>& counts) {
    for (const std::uint64_t count : counts) bits_.push_back(count);
  }
  void operator()(const Distribution& distribution) {
    const DistributionContents contents = distribution.contents();
    bits_.push_back(contents.count);
    for (const double value : {contents.min, contents.max}) bits_.push_back(std::bit_cast<std::uint64_t>(value));
    for (const std::int64_t digit : contents.digits) bits_.push_back(static_cast<std::uint64_t>(digit));
    for (const auto& [bin, count] : contents.bins) {
      bits_.push_back(static_cast<std::uint64_t>(bin));
      bits_.push_back(count);
    }
  }
  std::vector<std::uint64_t> take() { return std::move(bits_); }

 private:
  std::vector<std::uint64_t> bits_;
};

inline std::vector<std::uint64_t> bits_of(const Distribution& distribution) {
  TallyBits bits;
  bits(distribution);
  return bits.take();
}

template <class Tally>
std::vector<std::uint64_t> bits_of(const Tally& tally) {
  TallyBits bits;
  for_each_field(bits, tally);
  return bits.take();
}

}  // namespace logmargin::testing
