#include "kernels/batch/record_group.hpp"

#include <gtest/gtest.h>

namespace logmargin::record_group_test {
namespace {

std::vector<RecordedTime> at(const std::vector<double>& times) {
  std::vector<RecordedTime> recorded;
  for (const double t : times) recorded.push_back({t, 0.0, 0.0, false, false});
  return recorded;
}

TEST(RecordGroup, NeighboursShareALaunchAndLongWaysAreLedTo) {
  const auto times = at({0, 1, 2, 34, 67, 1000, 1001});
  const RecordGroup first = next_group(times, 0, 7, 0.0, 64);
  EXPECT_EQ(first.count, 4U);
  EXPECT_EQ(first.lead_steps, 0);

  const RecordGroup second = next_group(times, 4, 7, 34.0, 64);
  EXPECT_EQ(second.count, 1U);
  EXPECT_EQ(second.lead_steps, 33);

  const RecordGroup third = next_group(times, 5, 7, 67.0, 64);
  EXPECT_EQ(third.count, 2U);
  EXPECT_EQ(third.lead_steps, 933);
}

TEST(RecordGroup, EndsAtItsLimits) {
  const auto times = at({0, 1, 2, 3, 4, 5});
  EXPECT_EQ(next_group(times, 1, 6, 0.0, 3).count, 3U);
  EXPECT_EQ(next_group(times, 1, 3, 0.0, 64).count, 2U);
}

TEST(RecordGroup, HugeTimesKeepTheirSteps) {
  const auto times = at({0, 1e15});
  EXPECT_EQ(next_group(times, 1, 2, 0.0, 64).lead_steps, 1'000'000'000'000'000);
}

}  // namespace
}  // namespace logmargin::record_group_test
