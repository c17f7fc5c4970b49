#pragma once

#include "kernels/runtime/index_lists.cuh"
#include "kernels/tally/tally_counts.hpp"
#include "kernels/tally/warp_counter.cuh"

namespace logmargin {

/// Adds up the replicas of every word, or takes their extreme.
template <class Shape>
__global__ void fold_replicas(TallyView<Shape> view, std::size_t records, Counter64* folded) {
  using Layout = TallyLayout<Shape>;
  const std::size_t i = global_thread();
  if (i >= records * Layout::words) return;
  const int word = static_cast<int>(i % Layout::words);
  Counter64 total = view.words_of(i / Layout::words, 0)[word];
  for (unsigned replica = 1; replica < TallyView<Shape>::replicas; ++replica) {
    const Counter64 other = view.words_of(i / Layout::words, replica)[word];
    if (word < Layout::sum_words) {
      total += other;
    } else if (Layout::is_least(word)) {
      total = other < total ? other : total;
    } else {
      total = other > total ? other : total;
    }
  }
  folded[i] = total;
}

template <class Shape>
__global__ void clear_words(TallyView<Shape> view, std::size_t records) {
  using Layout = TallyLayout<Shape>;
  const std::size_t i = global_thread();
  if (i >= records * TallyView<Shape>::replicas * Layout::words) return;
  view.words[i] = Layout::is_least(static_cast<int>(i % Layout::words)) ? no_least_key : 0;
}

/// Adds up the replicas of every bin.
template <class Shape>
__global__ void fold_bins(TallyView<Shape> view, std::size_t records, unsigned* folded) {
  constexpr std::size_t slots = TallyLayout<Shape>::slots;
  const std::size_t i = global_thread();
  if (i >= records * slots) return;
  unsigned total = 0;
  for (unsigned replica = 0; replica < TallyView<Shape>::bin_replicas; ++replica) {
    total += view.bins_of(i / slots, replica)[i % slots];
  }
  folded[i] = total;
}

/// Lists the bins that count something, and what they count.
template <class Shape>
__global__ void list_occupied_bins(const unsigned* folded, std::size_t records, std::uint32_t* slots, unsigned* counts,
                                   unsigned* found) {
  const std::size_t i = global_thread();
  const unsigned count = i < records * TallyLayout<Shape>::slots ? folded[i] : 0;
  const unsigned place = next_place(count != 0, found);
  if (count == 0) return;
  slots[place] = static_cast<std::uint32_t>(i);
  counts[place] = count;
}

/// TallyTables holds the counters of up to so many records, and takes them to the host.
template <class Shape>
class TallyTables {
 public:
  using Layout = TallyLayout<Shape>;
  static constexpr std::size_t bytes_per_record =
      sizeof(Counter64) * Layout::words * (TallyView<Shape>::replicas + 1) +
      sizeof(unsigned) * Layout::slots * (TallyView<Shape>::bin_replicas + 3);

  explicit TallyTables(std::size_t records)
      : words_(records * TallyView<Shape>::replicas * Layout::words, "counters"),
        folded_(records * Layout::words, "folded counters"),
        bins_(records * TallyView<Shape>::bin_replicas * Layout::slots, "bins"),
        folded_bins_(records * Layout::slots, "folded bins"),
        found_slots_(records * Layout::slots, "occupied bins"),
        found_counts_(records * Layout::slots, "occupied bins"),
        found_(1, "number of occupied bins") {}

  TallyView<Shape> view() { return {words_.data(), bins_.data()}; }

  void clear(std::size_t records, cudaStream_t stream) {
    const std::size_t words = records * TallyView<Shape>::replicas * Layout::words;
    clear_words<Shape><<<blocks_of(words), block, 0, stream>>>(view(), records);
    check_launch("clear_words");
    bins_.zero(records * TallyView<Shape>::bin_replicas * Layout::slots, stream);
  }

  /// Returns what each record counted. Waits for the stream.
  std::vector<TallyCounts<Shape>> collect(std::size_t records, cudaStream_t stream) {
    const std::size_t words = records * Layout::words;
    fold_replicas<Shape><<<blocks_of(words), block, 0, stream>>>(view(), records, folded_.data());
    check_launch("fold_replicas");
    const unsigned bin_blocks = blocks_of(records * Layout::slots);
    fold_bins<Shape><<<bin_blocks, block, 0, stream>>>(view(), records, folded_bins_.data());
    check_launch("fold_bins");
    found_.zero(1, stream);
    list_occupied_bins<Shape><<<bin_blocks, block, 0, stream>>>(folded_bins_.data(), records, found_slots_.data(),
                                                                found_counts_.data(), found_.data());
    check_launch("list_occupied_bins");
    const std::vector<Counter64> folded = folded_.download(words, stream);
    const std::size_t found = found_.download(1, stream)[0];
    const std::vector<std::uint32_t> slots = found_slots_.download(found, stream);
    const std::vector<unsigned> counts = found_counts_.download(found, stream);
    std::vector<TallyCounts<Shape>> all(records);
    for (std::size_t r = 0; r < records; ++r) read_words(folded.data() + r * Layout::words, all[r]);
    for (std::size_t k = 0; k < found; ++k)
      add_slot(all[slots[k] / Layout::slots], slots[k] % Layout::slots, counts[k]);
    return all;
  }

 private:
  static constexpr unsigned block = 256;
  static unsigned blocks_of(std::size_t threads) { return static_cast<unsigned>((threads + block - 1) / block); }

  static void read_words(const Counter64* words, TallyCounts<Shape>& tally) {
    for (int c = 0; c < Shape::categories; ++c) tally.category[static_cast<std::size_t>(c)] = words[c];
    for (int q = 0; q < Shape::quantities; ++q) {
      ValueCounts& value = tally.value[static_cast<std::size_t>(q)];
      value.count = words[Layout::count_word(q)];
      for (int d = 0; d < long_sum_digits; ++d) {
        value.digits[static_cast<std::size_t>(d)] = static_cast<std::int64_t>(words[Layout::digit_word(q) + d]);
      }
      if (value.count == 0) continue;
      value.least = value_of_key(words[Layout::least_word(q)]);
      value.largest = value_of_key(words[Layout::largest_word(q)]);
    }
  }

  static void add_slot(TallyCounts<Shape>& tally, std::uint32_t slot, unsigned count) {
    int q = 0;
    while (slot >= Layout::first_slot(q + 1)) ++q;
    tally.value[static_cast<std::size_t>(q)].bins.emplace_back(
        bin_of_slot(Shape::window(q), slot - Layout::first_slot(q)), count);
  }

  DeviceArray<Counter64> words_;
  DeviceArray<Counter64> folded_;
  DeviceArray<unsigned> bins_;
  DeviceArray<unsigned> folded_bins_;
  DeviceArray<std::uint32_t> found_slots_;
  DeviceArray<unsigned> found_counts_;
  DeviceArray<unsigned> found_;
};

/// Adds the listed values to the bins of their records.
template <class Shape>
void add_overflow(std::vector<TallyCounts<Shape>>& tallies, const std::vector<OverflowEntry>& entries) {
  for (const OverflowEntry& entry : entries) {
    if (entry.quantity < 0) continue;
    tallies[entry.record].value[static_cast<std::size_t>(entry.quantity)].bins.emplace_back(entry.bin, 1);
  }
}

}  // namespace logmargin
