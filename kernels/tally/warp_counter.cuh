#pragma once

#include "kernels/runtime/thread_index.cuh"
#include "kernels/tally/binned_value.hpp"
#include "kernels/tally/overflow_list.cuh"
#include "kernels/tally/tally_layout.hpp"

namespace logmargin {

/// TallyView names the counters of recorded t on the device. They are kept in replicas, since all values of a record
/// meet in a few words, and many lanes in one bin, as the losses of settled networks do.
template <class Shape>
struct TallyView {
  using Layout = TallyLayout<Shape>;
  static constexpr unsigned replicas = 32;
  static constexpr unsigned bin_replicas = 4;

  Counter64* words;
  unsigned* bins;

  __device__ Counter64* words_of(std::size_t record, unsigned replica) const {
    return words + (record * replicas + replica) * Layout::words;
  }
  __device__ unsigned* bins_of(std::size_t record, unsigned replica) const {
    return bins + (record * bin_replicas + replica) * Layout::slots;
  }
};

/// Returns the sum over a warp of whole numbers between -2^33 and 2^33, on every lane.
__device__ inline std::int64_t warp_sum(std::int64_t value) {
#if __CUDA_ARCH__ >= 800
  // A 32-bit reduction of 32 lanes does not overflow for either of these two halves.
  constexpr int low_bits = 21;
  const auto low = static_cast<unsigned>(value) & ((1U << low_bits) - 1U);
  const auto high = static_cast<int>(value >> low_bits);
  const std::int64_t high_sum = __reduce_add_sync(whole_warp, high);
  return high_sum * (std::int64_t{1} << low_bits) + __reduce_add_sync(whole_warp, low);
#else
  for (int apart = warp_lanes / 2; apart > 0; apart /= 2) value += __shfl_xor_sync(whole_warp, value, apart);
  return value;
#endif
}

/// WarpCounter adds one warp's contributions to one record. All lanes call every method together; lanes with nothing to
/// say pass false.
template <class Shape>
class WarpCounter {
 public:
  using Layout = TallyLayout<Shape>;

  __device__ WarpCounter(const TallyView<Shape>& view, std::size_t record, std::size_t warp)
      : words_(view.words_of(record, static_cast<unsigned>(warp % TallyView<Shape>::replicas))),
        bins_(view.bins_of(record, static_cast<unsigned>(warp % TallyView<Shape>::bin_replicas))),
        lane_(lane_of_thread()) {}

  /// Adds 1 to word first + category for each active lane: lane c counts category c. Precondition: categories <= 16.
  __device__ void add_category(int first, int categories, int category, bool active) const {
    unsigned alike = __ballot_sync(whole_warp, active);
    for (int bit = 0; bit < 4; ++bit) {
      const unsigned set = __ballot_sync(whole_warp, ((category >> bit) & 1) != 0);
      alike &= ((lane_ >> bit) & 1) != 0 ? set : ~set;
    }
    if (lane_ < categories && alike != 0) atomicAdd(words_ + first + lane_, static_cast<Counter64>(__popc(alike)));
  }

  __device__ void add_value(int quantity, const BinnedValue& value) const {
    const unsigned counted = __ballot_sync(whole_warp, value.counted);
    if (counted == 0) return;
    if (lane_ == 0) atomicAdd(words_ + Layout::count_word(quantity), static_cast<Counter64>(__popc(counted)));
    add_bin(quantity, value);
    add_digits(quantity, value, counted);
    take_least(words_ + Layout::least_word(quantity), value.counted, value.key);
    take_largest(words_ + Layout::largest_word(quantity), value.counted, value.key);
  }

 private:
  __device__ void add_bin(int quantity, const BinnedValue& value) const {
    unsigned* bins = bins_ + Layout::first_slot(quantity);
    const auto slot = static_cast<int>(value.slot);
    // Where many lanes share a bin, they are counted together; two rounds find such a bin.
    unsigned pending = __ballot_sync(whole_warp, value.counted && slot >= 0);
    for (int round = 0; round < 2 && pending != 0; ++round) {
      const int leader = __ffs(static_cast<int>(pending)) - 1;
      const int shared = __shfl_sync(whole_warp, slot, leader);
      const unsigned alike = __ballot_sync(whole_warp, slot == shared) & pending;
      if (lane_ == leader) atomicAdd(bins + shared, static_cast<unsigned>(__popc(alike)));
      pending &= ~alike;
    }
    if (((pending >> lane_) & 1U) != 0) atomicAdd(bins + slot, 1U);
  }

  /// Adds the digits of the lanes' values. Lanes of like exponent add up within the warp: there are few exponents, and
  /// few rounds.
  __device__ void add_digits(int quantity, const BinnedValue& value, unsigned pending) const {
    while (pending != 0) {
      const int lowest = __shfl_sync(whole_warp, value.digits.lowest, __ffs(static_cast<int>(pending)) - 1);
      const bool mine = value.counted && value.digits.lowest == lowest;
      std::int64_t kept = 0;
      for (int d = 0; d < 3; ++d) {
        const std::int64_t sum = warp_sum(mine ? value.digits.digit[d] : 0);
        if (lane_ == d) kept = sum;
      }
      if (kept != 0) atomicAdd(words_ + Layout::digit_word(quantity) + lowest + lane_, static_cast<Counter64>(kept));
      pending &= ~__ballot_sync(whole_warp, mine);
    }
  }

  /// Takes the least key of the lanes into the word. A look at the extreme so far, perhaps an old one, spares most
  /// warps the atomic.
  __device__ void take_least(Counter64* word, bool counted, Counter64 key) const {
    const bool lower = counted && key < *static_cast<volatile Counter64*>(word);
    if (!__any_sync(whole_warp, lower)) return;
    Counter64 least = lower ? key : no_least_key;
    for (int apart = warp_lanes / 2; apart > 0; apart /= 2) {
      const Counter64 other = __shfl_xor_sync(whole_warp, least, apart);
      least = other < least ? other : least;
    }
    if (lane_ == 0) atomicMin(word, least);
  }
  __device__ void take_largest(Counter64* word, bool counted, Counter64 key) const {
    const bool higher = counted && key > *static_cast<volatile Counter64*>(word);
    if (!__any_sync(whole_warp, higher)) return;
    Counter64 largest = higher ? key : no_largest_key;
    for (int apart = warp_lanes / 2; apart > 0; apart /= 2) {
      const Counter64 other = __shfl_xor_sync(whole_warp, largest, apart);
      largest = other > largest ? other : largest;
    }
    if (lane_ == 0) atomicMax(word, largest);
  }

  Counter64* words_;
  unsigned* bins_;
  int lane_;
};

/// Puts every value of one network that has no counter into the list. If there is no room for all of them, it puts none
/// there and returns false.
template <int Quantities>
__device__ bool list_overflow(const OverflowView& list, std::size_t record, const BinnedValue (&values)[Quantities]) {
  unsigned wanted = 0;
  for (const BinnedValue& value : values) wanted += value.overflows() ? 1 : 0;
  Counter64 at = 0;
  if (!list.reserve(wanted, at)) return false;
  for (int q = 0; q < Quantities; ++q) {
    if (values[q].overflows()) list.entries[at++] = {values[q].bin, static_cast<std::uint32_t>(record), q};
  }
  return true;
}

}  // namespace logmargin
