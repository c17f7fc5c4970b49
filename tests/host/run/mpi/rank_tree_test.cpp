#include "host/run/mpi/rank_tree.hpp"

#include <gtest/gtest.h>

#include "host/run/mpi/core_share.hpp"

namespace logmargin::rank_tree_test {
namespace {

TEST(RankTree, EveryRankHasOneParentAndItsSubtreeIsARange) {
  for (unsigned count = 1; count <= 70; ++count) {
    std::vector<unsigned> parents(count, count);
    for (unsigned rank = 0; rank < count; ++rank) {
      unsigned next = rank + 1;
      for (const unsigned child : children_of(rank, count)) {
        ASSERT_LT(child, count);
        ASSERT_EQ(parent_of(child), rank);
        ASSERT_EQ(parents[child], count) << "two parents";
        parents[child] = rank;
        // The children's subtrees follow each other.
        ASSERT_EQ(child, next);
        next = end_of_subtree(child, count);
      }
      ASSERT_EQ(next, rank == 0 ? count : end_of_subtree(rank, count)) << rank << " of " << count;
    }
    for (unsigned rank = 1; rank < count; ++rank) ASSERT_LT(parents[rank], count);
  }
}

TEST(RankTree, IsAsDeepAsTheLogarithm) {
  for (unsigned rank = 1023; rank != 0; rank = parent_of(rank)) ASSERT_LT(parent_of(rank), rank);
  EXPECT_EQ(children_of(0, 1000).size(), 10U);
}

cpu_set_t cores(std::initializer_list<int> allowed) {
  cpu_set_t set;
  CPU_ZERO(&set);
  for (const int core : allowed) CPU_SET(core, &set);
  return set;
}

TEST(CoreShare, IsTheOwnCoresOrAPartOfThoseInCommon) {
  const std::vector<cpu_set_t> bound = {cores({0, 1}), cores({2, 3})};
  EXPECT_EQ(core_share(bound, 0), 2U);
  const std::vector<cpu_set_t> unbound(3, cores({0, 1, 2, 3, 4, 5}));
  EXPECT_EQ(core_share(unbound, 2), 2U);
  const std::vector<cpu_set_t> crowded(7, cores({0, 1}));
  EXPECT_EQ(core_share(crowded, 6), 1U);
  const std::vector<cpu_set_t> mixed = {cores({0, 1, 2, 3}), cores({2, 3})};
  EXPECT_EQ(core_share(mixed, 0), 3U);
  EXPECT_EQ(core_share(mixed, 1), 1U);
}

}  // namespace
}  // namespace logmargin::rank_tree_test
