#include "host/engine/trials/reorder_buffer.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

#include "host/engine/cpu/parallel_for.hpp"

namespace logmargin::trials_in_order_test {
namespace {

std::vector<double> block_of(std::uint64_t trial) { return {static_cast<double>(trial)}; }

/// Keeps the indices that it is given, and notices two threads at once.
struct Listing final : TrialSink {
  void append_row(const TrialRecord&, std::vector<double>&) const override {}
  void take(std::span<const double> rows) override {
    EXPECT_EQ(inside++, 0) << "two threads at once";
    for (const double trial : rows) seen.push_back(static_cast<std::uint64_t>(trial));
    if (seen.size() == throw_at) throw std::runtime_error("no room");
    --inside;
  }
  std::vector<std::uint64_t> seen;
  std::size_t throw_at = 0;
  std::atomic<int> inside{0};
};

TEST(ReorderBuffer, ComeInOrderFromThreadsThatFinishInAny) {
  constexpr std::size_t blocks = 2000;
  Listing listing;
  ReorderBuffer in_order(listing, 5);
  parallel_for(4, blocks, [&](unsigned, std::size_t block) {
    if (block % 7 == 0) std::this_thread::sleep_for(std::chrono::microseconds(200));
    in_order.push(block, block_of(block));
  });
  ASSERT_EQ(listing.seen.size(), blocks);
  for (std::size_t i = 0; i < blocks; ++i) ASSERT_EQ(listing.seen[i], i);
}

TEST(ReorderBuffer, WhoIsTooFarAheadWaits) {
  Listing listing;
  ReorderBuffer in_order(listing, 3);
  in_order.push(1, block_of(1));
  in_order.push(2, block_of(2));
  std::atomic<bool> let_in{false};
  std::jthread ahead([&] {
    in_order.push(3, block_of(3));
    let_in = true;
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  EXPECT_FALSE(let_in);
  in_order.push(0, block_of(0));
  ahead.join();
  EXPECT_EQ(listing.seen, (std::vector<std::uint64_t>{0, 1, 2, 3}));
}

TEST(ReorderBuffer, AbandonedLetGoOfThoseWhoWait) {
  Listing listing;
  ReorderBuffer in_order(listing, 1);
  std::jthread waiting([&] { in_order.push(1, block_of(1)); });
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  in_order.cancel();
  waiting.join();
  in_order.push(0, block_of(0));
  EXPECT_EQ(listing.seen, std::vector<std::uint64_t>{});
}

TEST(ReorderBuffer, WhatTheSinkThrowsReachesAGiverAndEndsAll) {
  Listing listing;
  listing.throw_at = 10;
  ReorderBuffer in_order(listing, 2);
  EXPECT_THROW(parallel_for(4, 1000,
                            [&](unsigned, std::size_t block) {
                              try {
                                in_order.push(block, block_of(block));
                              } catch (...) {
                                in_order.cancel();
                                throw;
                              }
                            }),
               std::runtime_error);
  EXPECT_EQ(listing.seen.size(), 10U);
}

}  // namespace
}  // namespace logmargin::trials_in_order_test
