#include "kernels/tally/bin_window.hpp"

#include <gtest/gtest.h>

#include "kernels/tally/tally_layout.hpp"

namespace logmargin::bin_window_test {
namespace {

TEST(BinWindow, EverySlotIsTheSlotOfItsBin) {
  for (const BinWindow& window : {positive_window(), logarithmic_window()}) {
    for (std::int64_t slot = 0; slot < window.slots(); ++slot) {
      const std::int64_t bin = bin_of_slot(window, slot);
      // Bin 0 of the absolute scale has two places; the first is used.
      EXPECT_EQ(slot_of(window, bin), bin == 0 ? 0 : slot);
    }
    EXPECT_EQ(slot_of(window, window.first_bin - 1), no_slot);
    EXPECT_EQ(slot_of(window, window.first_bin + window.bins), no_slot);
  }
}

TEST(BinWindow, HoldsWhatItSays) {
  const auto slot = [](const BinWindow& window, double value) { return slot_of(window, bin_of(window.scale, value)); };
  EXPECT_EQ(slot(positive_window(), 0.0), 0);
  EXPECT_EQ(slot(positive_window(), 0x1p-40), 1);
  EXPECT_EQ(slot(positive_window(), std::nextafter(0x1p-40, 0.0)), no_slot);
  EXPECT_EQ(slot(positive_window(), std::nextafter(0x1p8, 0.0)), positive_window().bins);
  EXPECT_EQ(slot(positive_window(), 0x1p8), no_slot);
  EXPECT_EQ(slot(positive_window(), -1.0), no_slot);
  EXPECT_EQ(slot(logarithmic_window(), 0.001), 0);
  EXPECT_NE(slot(logarithmic_window(), -40.95), no_slot);
  EXPECT_NE(slot(logarithmic_window(), 40.95), no_slot);
  EXPECT_EQ(slot(logarithmic_window(), -41.0), no_slot);
  EXPECT_EQ(slot(logarithmic_window(), 1e9), no_slot);
}

TEST(TallyLayout, PlacesDoNotOverlap) {
  using Layout = TallyLayout<HorizonShape>;
  EXPECT_EQ(Layout::count_word(0), HorizonShape::categories);
  EXPECT_EQ(Layout::digit_word(HorizonShape::quantities - 1) + long_sum_digits, Layout::sum_words);
  EXPECT_EQ(Layout::largest_word(HorizonShape::quantities - 1) + 1, Layout::words);
  EXPECT_TRUE(Layout::is_least(Layout::least_word(3)));
  EXPECT_FALSE(Layout::is_least(Layout::largest_word(3)));
  EXPECT_FALSE(Layout::is_least(Layout::count_word(3)));
  EXPECT_EQ(Layout::first_slot(1), HorizonShape::window(0).slots());
}

}  // namespace
}  // namespace logmargin::bin_window_test
