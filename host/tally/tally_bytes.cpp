#include "host/tally/tally_bytes.hpp"

#include <cmath>
#include <numeric>

#include "host/tally/tally_fields.hpp"

namespace logmargin {

namespace {

class FieldWriter {
 public:
  explicit FieldWriter(ByteWriter& bytes) : bytes_(bytes) {}

  void operator()(std::uint64_t count) const { bytes_.number(count); }
  template <std::size_t Size>
  void operator()(const std::array<std::uint64_t, Size>& counts) const {
    for (const std::uint64_t count : counts) bytes_.number(count);
  }
  void operator()(const Distribution& distribution) const {
    bytes_.number(distribution.count());
    if (distribution.count() == 0) return;
    const DistributionContents contents = distribution.contents();
    bytes_.real(contents.min);
    bytes_.real(contents.max);
    for (const std::int64_t digit : contents.digits) bytes_.signed_number(digit);
    bytes_.number(contents.bins.size());
    std::int64_t previous = bin_of(distribution.scale(), contents.min);
    for (const auto& [bin, count] : contents.bins) {
      bytes_.number(static_cast<std::uint64_t>(bin - previous));
      bytes_.number(count);
      previous = bin;
    }
  }

 private:
  ByteWriter& bytes_;
};

class FieldReader {
 public:
  FieldReader(ByteReader& bytes, std::uint64_t trials) : bytes_(bytes), trials_(trials) {}

  void operator()(std::uint64_t& count) const { count = read_count(); }
  template <std::size_t Size>
  void operator()(std::array<std::uint64_t, Size>& counts) const {
    for (std::uint64_t& count : counts) count = read_count();
  }
  void operator()(Distribution& distribution) const {
    DistributionContents contents;
    contents.count = read_count();
    if (contents.count == 0) return;
    contents.min = bytes_.real();
    contents.max = bytes_.real();
    if (!std::isfinite(contents.min) || !std::isfinite(contents.max) || contents.min > contents.max) {
      throw MalformedBytes("a distribution has no range");
    }
    read_digits(contents.digits);
    read_bins(contents, distribution.scale());
    distribution.add_counted({contents.count, contents.min, contents.max, contents.digits, contents.bins});
  }

 private:
  std::uint64_t read_count() const {
    const std::uint64_t count = bytes_.number();
    if (count > trials_) throw MalformedBytes("it counts more networks than there are");
    return count;
  }

  void read_digits(std::array<std::int64_t, long_sum_digits>& digits) const {
    constexpr std::int64_t base = std::int64_t{1} << long_digit_bits;
    constexpr std::int64_t most_top = std::int64_t{1} << 60;
    for (std::int64_t& digit : digits) {
      digit = bytes_.signed_number();
      const bool top = &digit == &digits.back();
      if (digit < (top ? -most_top : 0) || digit >= (top ? most_top : base)) {
        throw MalformedBytes("a sum has a digit out of range");
      }
    }
  }

  /// Reads bins that rise from the bin of the least value to that of the largest, none empty.
  void read_bins(DistributionContents& contents, BinScale scale) const {
    const std::uint64_t bins = bytes_.number();
    constexpr std::size_t least_bytes_of_a_bin = 2;
    if (bins > contents.count || bins > bytes_.remaining() / least_bytes_of_a_bin) {
      throw MalformedBytes("a histogram has more bins than values");
    }
    std::int64_t bin = bin_of(scale, contents.min);
    const std::int64_t last = bin_of(scale, contents.max);
    std::uint64_t left = contents.count;
    for (std::uint64_t i = 0; i < bins; ++i) {
      const std::uint64_t rise = bytes_.number();
      if (rise > static_cast<std::uint64_t>(last - bin) || (rise == 0) != (i == 0)) {
        throw MalformedBytes("a histogram's bins are out of order");
      }
      bin += static_cast<std::int64_t>(rise);
      const std::uint64_t count = bytes_.number();
      if (count == 0 || count > left) throw MalformedBytes("a histogram's counts do not add up");
      left -= count;
      contents.bins.emplace_back(bin, count);
    }
    if (left != 0 || bin != last) throw MalformedBytes("a histogram's counts do not add up");
  }

  ByteReader& bytes_;
  std::uint64_t trials_;
};

template <std::size_t Size>
void require_sum(const std::array<std::uint64_t, Size>& counts, std::uint64_t trials) {
  // Each is at most trials, and those are far below 2^64 / Size.
  if (std::accumulate(counts.begin(), counts.end(), std::uint64_t{0}) != trials) {
    throw MalformedBytes("its counts do not add up to its trials");
  }
}

}  // namespace

void write_tally(ByteWriter& bytes, const RecordedTally& tally) { for_each_field(FieldWriter(bytes), tally); }

void write_tally(ByteWriter& bytes, const HorizonTally& tally) { for_each_field(FieldWriter(bytes), tally); }

RecordedTally read_checkpoint_tally(ByteReader& bytes, std::uint64_t trials) {
  RecordedTally tally;
  for_each_field(FieldReader(bytes, trials), tally);
  // Where no patterns are tallied there are none.
  if (tally.patterns != std::array<std::uint64_t, 16>{}) require_sum(tally.patterns, trials);
  return tally;
}

HorizonTally read_horizon_tally(ByteReader& bytes, const TallySizes& sizes, std::uint64_t trials) {
  HorizonTally tally(sizes.fits, sizes.thresholds);
  for_each_field(FieldReader(bytes, trials), tally);
  require_sum(tally.outcome, trials);
  require_sum(tally.dead_points, trials);
  return tally;
}

}  // namespace logmargin
