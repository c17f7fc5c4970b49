#include "kernels/runtime/launch_shape.hpp"

#include <gtest/gtest.h>

namespace logmargin::launch_shape_test {
namespace {

TEST(LaunchShape, EveryItemHasAThreadAndNoBlockIsIdle) {
  for (const int multiprocessors : {1, 46, 132}) {
    for (const std::size_t items : {1UL, 31UL, 32UL, 33UL, 10'000UL, 1'000'007UL, 1UL << 26}) {
      const LaunchShape points = shape_for_points(items, multiprocessors);
      EXPECT_GE(points.threads() * static_cast<std::size_t>(points.in_flight), items);
      EXPECT_LT((points.threads() - points.threads_per_block) * static_cast<std::size_t>(points.in_flight), items);
      const LaunchShape networks = shape_for_networks(items, multiprocessors);
      EXPECT_EQ(networks.in_flight, 1);
      EXPECT_GE(networks.threads(), items);
      EXPECT_LT(networks.threads() - networks.threads_per_block, items);
      EXPECT_EQ(networks.threads_per_block % 32, 0U);
    }
  }
}

TEST(LaunchShape, FewPointsSpreadOutAndManyShareThreads) {
  const LaunchShape few = shape_for_points(20'000, 132);
  EXPECT_EQ(few.in_flight, 1);
  EXPECT_GE(few.blocks, 4U * 132U);
  EXPECT_EQ(shape_for_points(1'000'000, 132).in_flight, 2);
}

TEST(LaunchShape, Fp64RateByComputeCapability) {
  EXPECT_EQ(fp64_lanes_per_clock(9, 0), 64);
  EXPECT_EQ(fp64_lanes_per_clock(8, 0), 32);
  for (const auto& [major, minor] : {std::pair{7, 5}, std::pair{8, 6}, std::pair{8, 9}, std::pair{12, 0}}) {
    EXPECT_EQ(fp64_lanes_per_clock(major, minor), 2);
  }
}

TEST(LaunchShape, Fp32RateByComputeCapability) {
  EXPECT_EQ(fp32_lanes_per_clock(7, 5), 64);
  EXPECT_EQ(fp32_lanes_per_clock(8, 0), 64);
  for (const auto& [major, minor] : {std::pair{8, 6}, std::pair{8, 9}, std::pair{9, 0}, std::pair{12, 0}}) {
    EXPECT_EQ(fp32_lanes_per_clock(major, minor), 128);
  }
}

/// Roughly an H100.
const IssueRate fast = issue_rate_in_double(1.7e13);

TEST(IssueRate, PairsAreSteppedAtTheSingleRateAndObservedAtTheDoubleOne) {
  const IssueRate in_double = issue_rate_in_double(1e12);
  const IssueRate in_pairs = issue_rate_in_pairs(64e12, 1e12);
  EXPECT_EQ(in_pairs.observations_per_second, in_double.observations_per_second);
  EXPECT_GT(in_pairs.network_steps_per_second, 20.0 * in_double.network_steps_per_second);
  EXPECT_GT(steps_per_launch(1 << 20, in_pairs, 0.1), 20 * steps_per_launch(1 << 20, in_double, 0.1));
}

TEST(IssueRate, MethodsTakeLonger) {
  const IssueRate plain = issue_rate_in_double(1e12);
  const IssueRate methods = issue_rate_of_methods(1e12);
  EXPECT_LT(methods.observations_per_second, plain.observations_per_second);
  // Where the issue rate rules, and where latency does.
  for (const std::size_t networks : {std::size_t{1} << 20, std::size_t{10}}) {
    EXPECT_LE(3 * steps_per_launch(networks, methods, 0.1), steps_per_launch(networks, plain, 0.1));
    EXPECT_GE(5 * steps_per_launch(networks, methods, 0.1), steps_per_launch(networks, plain, 0.1));
  }
}

TEST(IssueRate, NetworksInSpaceTakeTheSameStepsAndMoreToObserve) {
  const IssueRate line = issue_rate_of_methods(1e12);
  const IssueRate space = issue_rate_in_space(line, 1e12);
  EXPECT_EQ(space.network_steps_per_second, line.network_steps_per_second);
  EXPECT_EQ(space.seconds_of_lone_step, line.seconds_of_lone_step);
  EXPECT_LT(space.observations_per_second, line.observations_per_second);
  EXPECT_GT(2.0 * space.observations_per_second, line.observations_per_second);
}

TEST(StepsPerLaunch, FollowsTheTime) {
  // Latency rules few networks, the issue rate many.
  EXPECT_EQ(steps_per_launch(10, fast, 0.1), 1'000'000);
  const std::int64_t many = steps_per_launch(1 << 25, fast, 0.1);
  EXPECT_NEAR(static_cast<double>(many), 0.1 * 1.7e13 / 60.0 / (1 << 25), 1.0);
  EXPECT_EQ(steps_per_launch(std::size_t{1} << 40, issue_rate_in_double(1e9), 0.1), 1);
}

TEST(StepsUntilListing, MeetTheSameTimesFromWherever) {
  EXPECT_EQ(steps_until_listing(0.0), 64);
  EXPECT_EQ(steps_until_listing(63.0), 1);
  EXPECT_EQ(steps_until_listing(64.0), 192);
  EXPECT_EQ(steps_until_listing(100.0), 156);
  EXPECT_EQ(steps_until_listing(1e15) + 1'000'000'000'000'000, std::int64_t{64} << 44);
}

TEST(RecordsPerLaunch, AtLeastOneAndAtMostMost) {
  EXPECT_EQ(records_per_launch(1'000, 1.0, fast, 0.1, 64), 64U);
  EXPECT_EQ(records_per_launch(std::size_t{1} << 25, 32.0, issue_rate_in_double(1e11), 0.1, 64), 1U);
  const std::size_t between = records_per_launch(std::size_t{1} << 25, 32.0, fast, 0.1, 64);
  EXPECT_GT(between, 1U);
  EXPECT_LT(between, 64U);
}

}  // namespace
}  // namespace logmargin::launch_shape_test
