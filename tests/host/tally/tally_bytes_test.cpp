#include "host/tally/tally_bytes.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "tests/support/random_source.hpp"
#include "tests/support/tally_bits.hpp"

namespace logmargin::tally_bytes_test {
namespace {

using testing::bits_of;
using testing::RandomSource;

constexpr TallySizes sizes = {1, 2, 3};
constexpr std::uint64_t trials = 400;

/// A value of any size and sign, zero and the ends of the range among them.
double any_value(RandomSource& random) {
  const double kind = random.uniform(0.0, 10.0);
  if (kind < 1.0) return 0.0;
  if (kind < 1.2) return std::numeric_limits<double>::max();
  if (kind < 1.4) return std::numeric_limits<double>::denorm_min();
  return (kind < 5.0 ? -1.0 : 1.0) * std::exp(random.uniform(-700.0, 700.0));
}

void fill(Distribution& distribution, RandomSource& random) {
  const auto values = static_cast<int>(random.uniform(0.0, static_cast<double>(trials)));
  for (int i = 0; i < values; ++i) distribution.add(any_value(random));
}

/// Puts something else into every field.
struct Filler {
  RandomSource& random;

  void operator()(std::uint64_t& count) const { count = random.below(trials); }
  template <std::size_t Size>
  void operator()(std::array<std::uint64_t, Size>& counts) const {
    for (std::uint64_t& count : counts) count = random.below(trials);
  }
  void operator()(Distribution& distribution) const { fill(distribution, random); }
};

RecordedTally some_checkpoint(RandomSource& random) {
  RecordedTally tally;
  for_each_field(Filler{random}, tally);
  tally.classified = 123;
  tally.patterns = {};
  tally.patterns[3] = 150;
  tally.patterns[15] = trials - 150;
  return tally;
}

HorizonTally some_horizon(RandomSource& random) {
  HorizonTally tally(sizes.fits, sizes.thresholds);
  for_each_field(Filler{random}, tally);
  tally.outcome = {100, 150, 50, 30, 20, 40, 10};
  tally.dead_points = {300, 60, 40};
  return tally;
}

template <class Tally>
std::string bytes_of(const Tally& tally) {
  ByteWriter writer;
  write_tally(writer, tally);
  return writer.bytes();
}

RecordedTally checkpoint_from(const std::string& bytes, std::uint64_t of_trials = trials) {
  ByteReader reader(std::as_bytes(std::span(bytes)));
  RecordedTally tally = read_checkpoint_tally(reader, of_trials);
  if (reader.remaining() > 0) throw MalformedBytes("bytes are left");
  return tally;
}

HorizonTally horizon_from(const std::string& bytes) {
  ByteReader reader(std::as_bytes(std::span(bytes)));
  HorizonTally tally = read_horizon_tally(reader, sizes, trials);
  if (reader.remaining() > 0) throw MalformedBytes("bytes are left");
  return tally;
}

TEST(TallyBytes, BringBackEveryTally) {
  RandomSource random(11);
  for (int i = 0; i < 20; ++i) {
    const RecordedTally checkpoint = some_checkpoint(random);
    EXPECT_EQ(bits_of(checkpoint_from(bytes_of(checkpoint))), bits_of(checkpoint));
    const HorizonTally horizon = some_horizon(random);
    EXPECT_EQ(bits_of(horizon_from(bytes_of(horizon))), bits_of(horizon));
  }
}

/// What was read adds like what was written: sums keep all their digits, histograms all their bins.
TEST(TallyBytes, BringBackWhatAddsUpAlike) {
  RandomSource random(12);
  for (int i = 0; i < 10; ++i) {
    RecordedTally whole = some_checkpoint(random);
    RecordedTally in_pieces = checkpoint_from(bytes_of(whole));
    const RecordedTally other = some_checkpoint(random);
    whole += other;
    in_pieces += checkpoint_from(bytes_of(other));
    EXPECT_EQ(bits_of(in_pieces), bits_of(whole));
    EXPECT_EQ(bytes_of(in_pieces), bytes_of(whole));
  }
}

TEST(TallyBytes, OfNobodyAreShort) {
  EXPECT_EQ(bits_of(checkpoint_from(bytes_of(RecordedTally()), 0)), bits_of(RecordedTally()));
  EXPECT_EQ(bytes_of(RecordedTally()).size(), 21U);
}

TEST(TallyBytes, CutShortAreRefused) {
  RandomSource random(13);
  const std::string checkpoint = bytes_of(some_checkpoint(random));
  const std::string horizon = bytes_of(some_horizon(random));
  for (std::size_t size = 0; size < checkpoint.size(); ++size) {
    ASSERT_THROW(checkpoint_from(checkpoint.substr(0, size)), MalformedBytes) << size;
  }
  for (std::size_t size = 0; size < horizon.size(); size += 1 + horizon.size() / 2000) {
    ASSERT_THROW(horizon_from(horizon.substr(0, size)), MalformedBytes) << size;
  }
}

TEST(TallyBytes, OfOtherTrialsAreRefused) {
  RandomSource random(14);
  const std::string checkpoint = bytes_of(some_checkpoint(random));
  EXPECT_THROW(checkpoint_from(checkpoint, trials - 1), MalformedBytes);
  EXPECT_THROW(checkpoint_from(checkpoint, trials + 1), MalformedBytes);
  EXPECT_THROW(checkpoint_from(checkpoint, 0), MalformedBytes);
}

/// One distribution at the place of the margin, by hand.
std::string with_margin(const std::function<void(ByteWriter&)>& write_margin) {
  ByteWriter writer;
  writer.number(1);
  for (int i = 0; i < 16; ++i) writer.number(i == 0 ? 2 : 0);
  write_margin(writer);
  for (int i = 0; i < 3; ++i) writer.number(0);
  return writer.bytes();
}

struct Claim {
  std::uint64_t count = 2;
  double min = 1.0, max = 2.0;
  std::int64_t digit = 0, top = 0;
  std::uint64_t bins = 2, first_rise = 0, first_count = 1, rise = 256, last_count = 1;

  std::string bytes() const {
    return with_margin([this](ByteWriter& writer) {
      writer.number(count);
      writer.real(min);
      writer.real(max);
      for (int i = 0; i < long_sum_digits; ++i) writer.signed_number(i + 1 < long_sum_digits ? digit : top);
      writer.number(bins);
      writer.number(first_rise);
      writer.number(first_count);
      writer.number(rise);
      writer.number(last_count);
    });
  }
};

TEST(TallyBytes, ThatNoNetworksCouldMakeAreRefused) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  constexpr std::uint64_t huge = std::numeric_limits<std::uint64_t>::max();
  EXPECT_EQ(checkpoint_from(Claim().bytes(), 2).margin.count(), 2U);
  const std::vector<Claim> claims = {
      {.count = 3},          {.count = huge},    {.min = infinity},  {.max = infinity},     {.min = std::nan("")},
      {.min = 3.0},          {.max = 4.0},       {.digit = -1},      {.digit = 1LL << 32},  {.top = 1LL << 61},
      {.top = -(1LL << 61)}, {.bins = 0},        {.bins = 1},        {.bins = 3},           {.bins = huge},
      {.first_rise = 1},     {.first_count = 0}, {.first_count = 2}, {.first_count = huge}, {.rise = 0},
      {.rise = 255},         {.rise = 257},      {.rise = huge},     {.last_count = 0},     {.last_count = 2},
      {.last_count = huge}};
  for (std::size_t i = 0; i < claims.size(); ++i) {
    EXPECT_THROW(checkpoint_from(claims[i].bytes(), 2), MalformedBytes) << "claim " << i;
  }
}

}  // namespace
}  // namespace logmargin::tally_bytes_test
