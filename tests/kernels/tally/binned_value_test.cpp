#include "kernels/tally/binned_value.hpp"

#include <gtest/gtest.h>

#include <cfloat>
#include <vector>

namespace logmargin::counted_value_test {
namespace {

TEST(OrderedKey, KeepsTheOrderAndComesBack) {
  const std::vector<double> rising = {-DBL_MAX, -1.0, -DBL_MIN, -5e-324, 0.0, 5e-324, DBL_MIN, 1.0, 1.5, DBL_MAX};
  for (std::size_t i = 0; i < rising.size(); ++i) {
    EXPECT_EQ(value_of_key(ordered_key(rising[i])), rising[i]);
    EXPECT_LT(ordered_key(rising[i]), no_least_key);
    EXPECT_GT(ordered_key(rising[i]), no_largest_key);
    if (i > 0) {
      EXPECT_LT(ordered_key(rising[i - 1]), ordered_key(rising[i]));
    }
  }
}

TEST(BinnedValue, LeavesOutWhatIsNotWantedOrNotFinite) {
  const BinWindow window = positive_window();
  EXPECT_FALSE(counted_value(window, false, 1.0).counted);
  EXPECT_FALSE(counted_value(window, true, std::nan("")).counted);
  EXPECT_FALSE(counted_value(window, true, HUGE_VAL).counted);
  EXPECT_TRUE(counted_value(window, true, 1.0).counted);
  EXPECT_FALSE(counted_value(window, false, 1e300).overflows());
  EXPECT_TRUE(counted_value(window, true, 1e300).overflows());
  EXPECT_EQ(counted_value(window, true, -0.0).key, ordered_key(0.0));
}

}  // namespace
}  // namespace logmargin::counted_value_test
