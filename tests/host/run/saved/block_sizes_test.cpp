#include "host/run/saved/block_sizes.hpp"

#include <gtest/gtest.h>

namespace logmargin::block_sizes_test {
namespace {

TEST(BlockSizes, GrowToTheTargetAndNotBeyond) {
  BlockSizes sizes(1.0, 64);
  constexpr double seconds_a_trial = 1e-5;
  for (int i = 0; i < 10; ++i) {
    const std::uint64_t trials = sizes.next(1'000'000'000);
    EXPECT_LE(static_cast<double>(trials) * seconds_a_trial, 1.001);
    EXPECT_EQ(trials % 64, 0U);
    sizes.took(trials, static_cast<double>(trials) * seconds_a_trial);
  }
  EXPECT_GE(sizes.next(1'000'000'000), 99'000U);
}

TEST(BlockSizes, ShrinkWhereTrialsGetSlower) {
  BlockSizes sizes(1.0, 64);
  for (int i = 0; i < 10; ++i) sizes.took(sizes.next(1'000'000'000), 1e-3);
  const std::uint64_t before = sizes.next(1'000'000'000);
  sizes.took(before, 4.0);
  EXPECT_LE(sizes.next(1'000'000'000), before / 4);
  for (int i = 0; i < 30; ++i) sizes.took(sizes.next(1'000'000'000), 100.0);
  EXPECT_EQ(sizes.next(1'000'000'000), 64U);
}

TEST(BlockSizes, AreWhatIsLeftAtMost) {
  BlockSizes sizes(1.0, 64);
  EXPECT_EQ(sizes.next(10), 10U);
  sizes.took(10, 0.0);
  EXPECT_EQ(sizes.next(1000), 64U) << "a short block says nothing";
  for (int i = 0; i < 100; ++i) sizes.took(sizes.next(1'000'000'000'000'000), 0.0);
  EXPECT_EQ(sizes.next(1'000'000'000'000'000), 1'000'000'000'000'000U / 64 * 64);
}

}  // namespace
}  // namespace logmargin::block_sizes_test
