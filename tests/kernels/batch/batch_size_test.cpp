#include "kernels/batch/batch_size.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "kernels/runtime/gpu_error.hpp"

namespace logmargin::batch_size_test {
namespace {

constexpr BatchBytes bytes = {200, 1 << 24};
constexpr std::size_t gibibyte = std::size_t{1} << 30;

TEST(BatchNetworks, FitTheMemory) {
  for (const std::size_t free_bytes : {gibibyte / 4, 2 * gibibyte, 8 * gibibyte, 140 * gibibyte}) {
    const std::size_t networks = batch_networks(free_bytes, bytes, std::uint64_t{10'000'000'000}, 1);
    EXPECT_LE(batches_in_flight * (networks * bytes.per_network + bytes.fixed), free_bytes);
    EXPECT_LE(networks, most_batch_networks);
    EXPECT_EQ(networks % 32, 0U);
  }
  EXPECT_EQ(batch_networks(140 * gibibyte, bytes, std::uint64_t{10'000'000'000}, 1), most_batch_networks);
}

TEST(BatchNetworks, ShareOutFewTrials) {
  EXPECT_EQ(batch_networks(gibibyte, bytes, 1, 1), least_batch_networks);
  const std::size_t networks = batch_networks(140 * gibibyte, bytes, 1'000'007, 4);
  EXPECT_GE(networks * 8, 1'000'007U);
  EXPECT_LT((networks - 32) * 8, 1'000'007U);
}

TEST(BatchNetworks, AskForSomethingWhereNothingFits) {
  EXPECT_EQ(batch_networks(0, bytes, 1'000'000, 1), least_batch_networks);
}

TEST(ShrinkUntilItFits, HalvesUntilItDoes) {
  std::vector<std::size_t> tried;
  const std::size_t networks = shrink_until_it_fits(100'000, [&](std::size_t size) {
    tried.push_back(size);
    if (size > 30'000) throw GpuOutOfMemory("full");
  });
  EXPECT_EQ(tried, (std::vector<std::size_t>{100'000, 49'984, 24'992}));
  EXPECT_EQ(networks, 24'992U);
}

TEST(ShrinkUntilItFits, GivesUpAtTheLeastAndLetsOtherErrorsPass) {
  int attempts = 0;
  EXPECT_THROW(shrink_until_it_fits(5'000,
                                    [&](std::size_t) {
                                      ++attempts;
                                      throw GpuOutOfMemory("full");
                                    }),
               GpuOutOfMemory);
  EXPECT_EQ(attempts, 4);  // 5000, 2496, 1248, 1024
  EXPECT_THROW(shrink_until_it_fits(5'000, [&](std::size_t) { throw GpuError("broken"); }), GpuError);
}

TEST(HeldCapacity, TakesMemoryOnlyForMoreThanEverBefore) {
  std::vector<std::size_t> taken;
  HeldCapacity capacity;
  const auto provide = [&](std::size_t wanted) {
    return capacity.provide(wanted, {4, 60}, [&](std::size_t networks) {
      taken.push_back(networks);
      if (networks > 30'000) throw GpuOutOfMemory("full");
    });
  };
  EXPECT_EQ(provide(10'016), 10'016U);
  EXPECT_EQ(provide(5'024), 5'024U);
  EXPECT_EQ(taken, (std::vector<std::size_t>{10'016}));
  // What did not fit once is not tried again and again.
  EXPECT_EQ(provide(100'000), 24'992U);
  EXPECT_EQ(provide(100'000), 24'992U);
  EXPECT_EQ(provide(20'000), 20'000U);
  EXPECT_EQ(taken, (std::vector<std::size_t>{10'016, 100'000, 49'984, 24'992}));
}

TEST(HeldCapacity, TakesMemoryForMoreColumnsToo) {
  std::vector<std::size_t> taken;
  HeldCapacity capacity;
  const auto provide = [&](std::size_t wanted, const ColumnCounts& columns) {
    return capacity.provide(wanted, columns, [&](std::size_t networks) { taken.push_back(networks); });
  };
  EXPECT_EQ(provide(10'016, {4, 60}), 10'016U);
  EXPECT_EQ(provide(5'024, {8, 60}), 5'024U);
  EXPECT_EQ(provide(5'024, {4, 60}), 5'024U);
  EXPECT_EQ(provide(2'016, {8, 60}), 2'016U);
  EXPECT_EQ(taken, (std::vector<std::size_t>{10'016, 5'024}));
  // Networks as many as before, but not as wide.
  EXPECT_EQ(provide(10'016, {4, 60}), 10'016U);
  EXPECT_EQ(provide(10'016, {8, 60}), 10'016U);
  EXPECT_EQ(taken, (std::vector<std::size_t>{10'016, 5'024, 10'016, 10'016}));
  EXPECT_EQ(provide(10'016, {8, 65}), 10'016U);
  EXPECT_EQ(provide(2'016, {4, 65}), 2'016U);
  EXPECT_EQ(taken, (std::vector<std::size_t>{10'016, 5'024, 10'016, 10'016, 10'016}));
}

TEST(HeldCapacity, HoldsNothingAfterAThrow) {
  HeldCapacity capacity;
  EXPECT_EQ(capacity.provide(10'016, {4, 60}, [](std::size_t) {}), 10'016U);
  EXPECT_THROW(capacity.provide(20'000, {4, 60}, [](std::size_t) { throw GpuError("broken"); }), GpuError);
  int taken = 0;
  EXPECT_EQ(capacity.provide(5'024, {4, 60}, [&](std::size_t) { ++taken; }), 5'024U);
  EXPECT_EQ(taken, 1);
}

}  // namespace
}  // namespace logmargin::batch_size_test
