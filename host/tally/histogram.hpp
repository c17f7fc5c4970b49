#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "logmargin/measure/bin.hpp"

namespace logmargin {

/// Returns the value in the middle of a bin of bin_of.
double bin_middle(BinScale scale, std::int64_t bin);

/// Returns the least value of a bin of bin_of, as a real number: the end of the bin below it.
double bin_low(BinScale scale, std::int64_t bin);

/// Histogram counts by bin, in pages of 64 neighbouring bins, so that memory follows the spread of the values and not
/// their number. Histograms add in any order to the same counts.
class Histogram {
 public:
  void add(std::int64_t bin, std::uint64_t count = 1);
  /// Counts each of the bins once.
  void add_all(std::span<const std::int64_t> bins);
  Histogram& operator+=(const Histogram& other);

  /// Returns the non-empty bins in rising order, each with its count.
  std::vector<std::pair<std::int64_t, std::uint64_t>> sorted() const;

 private:
  static constexpr int page_bits = 6;
  struct Slot {
    std::int64_t page = 0;
    std::int32_t place = -1;  ///< page's index in counts_ / 64; -1 for an empty slot
  };

  std::uint64_t* page_at(std::int64_t page);
  Slot& slot_for(std::int64_t page);
  void grow();

  std::vector<Slot> slots_;  ///< open addressing, a power of two
  std::vector<std::uint64_t> counts_;
  std::int32_t pages_ = 0;
};

}  // namespace logmargin
