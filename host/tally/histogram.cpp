#include "host/tally/histogram.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace logmargin {

namespace {

double relative_middle(std::int64_t bin) {
  const auto low = static_cast<std::uint64_t>(bin) << dropped_mantissa_bits;
  return std::bit_cast<double>(low + (std::uint64_t{1} << (dropped_mantissa_bits - 1)));
}

/// Returns where a bin of the relative scale begins. Bars join bins, so that a bar may end past the bins of all finite
/// values: there the result is infinite.
double relative_low(std::int64_t bin) {
  constexpr std::uint64_t infinite = std::bit_cast<std::uint64_t>(std::numeric_limits<double>::infinity());
  const auto steps = static_cast<std::uint64_t>(bin > 0 ? bin - 1 : -bin);
  const double magnitude =
      std::bit_cast<double>(std::min(steps, infinite >> dropped_mantissa_bits) << dropped_mantissa_bits);
  return bin > 0 ? magnitude : -magnitude;
}

}  // namespace

double bin_low(BinScale scale, std::int64_t bin) {
  if (scale == BinScale::relative) return relative_low(bin) + 0.0;
  // The first bins beyond would hold values that the absolute scale has.
  if (bin >= beyond_absolute) return std::max(relative_low(bin - beyond_absolute + 1), widest_absolute);
  if (bin <= -beyond_absolute) return std::min(relative_low(bin + beyond_absolute - 1), -widest_absolute);
  // No value has a bin between the two scales.
  return std::clamp(static_cast<double>(bin) / absolute_bins_a_unit, -widest_absolute, widest_absolute);
}

double bin_middle(BinScale scale, std::int64_t bin) {
  const double sign = bin < 0 ? -1.0 : 1.0;
  if (scale == BinScale::absolute) {
    if (std::abs(bin) < beyond_absolute) return (static_cast<double>(bin) + 0.5) / absolute_bins_a_unit;
    return sign * relative_middle(std::abs(bin) - beyond_absolute);
  }
  return bin == 0 ? 0.0 : sign * relative_middle(std::abs(bin) - 1);
}

void Histogram::grow() {
  std::vector<Slot> old = std::move(slots_);
  slots_.assign(std::max<std::size_t>(16, old.size() * 2), Slot{});
  for (const Slot& slot : old) {
    if (slot.place >= 0) slot_for(slot.page) = slot;
  }
}

Histogram::Slot& Histogram::slot_for(std::int64_t page) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = static_cast<std::size_t>(page) & mask;
  while (slots_[at].place >= 0 && slots_[at].page != page) at = (at + 1) & mask;
  return slots_[at];
}

std::uint64_t* Histogram::page_at(std::int64_t page) {
  if (static_cast<std::size_t>(pages_) * 2 >= slots_.size()) grow();
  Slot& slot = slot_for(page);
  if (slot.place < 0) {
    slot = {page, pages_++};
    counts_.resize(counts_.size() + (std::size_t{1} << page_bits));
  }
  return counts_.data() + (static_cast<std::size_t>(slot.place) << page_bits);
}

void Histogram::add(std::int64_t bin, std::uint64_t count) {
  page_at(bin >> page_bits)[bin & ((1 << page_bits) - 1)] += count;
}

void Histogram::add_all(std::span<const std::int64_t> bins) {
  for (const std::int64_t bin : bins) {
    const std::int64_t page = bin >> page_bits;
    const std::size_t within = static_cast<std::size_t>(bin) & ((std::size_t{1} << page_bits) - 1);
    // Most bins are on a page that exists and is in its own slot.
    if (!slots_.empty()) {
      const Slot& slot = slots_[static_cast<std::size_t>(page) & (slots_.size() - 1)];
      if (slot.page == page && slot.place >= 0) {
        ++counts_[(static_cast<std::size_t>(slot.place) << page_bits) + within];
        continue;
      }
    }
    ++page_at(page)[within];
  }
}

Histogram& Histogram::operator+=(const Histogram& other) {
  for (const Slot& slot : other.slots_) {
    if (slot.place < 0) continue;
    std::uint64_t* own = page_at(slot.page);
    const std::uint64_t* added = other.counts_.data() + (static_cast<std::size_t>(slot.place) << page_bits);
    for (std::size_t i = 0; i < (std::size_t{1} << page_bits); ++i) own[i] += added[i];
  }
  return *this;
}

std::vector<std::pair<std::int64_t, std::uint64_t>> Histogram::sorted() const {
  std::vector<std::pair<std::int64_t, std::uint64_t>> bins;
  for (const Slot& slot : slots_) {
    if (slot.place < 0) continue;
    for (std::int64_t i = 0; i < (std::int64_t{1} << page_bits); ++i) {
      const std::uint64_t count =
          counts_[(static_cast<std::size_t>(slot.place) << page_bits) + static_cast<std::size_t>(i)];
      if (count > 0) bins.emplace_back((slot.page << page_bits) + i, count);
    }
  }
  std::sort(bins.begin(), bins.end());
  return bins;
}

}  // namespace logmargin
