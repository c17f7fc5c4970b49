#include "host/compare/matched_cells.hpp"

#include <gtest/gtest.h>

namespace logmargin::testing::matched_cells_test {
namespace {

using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;
using Places = std::vector<std::size_t>;

AxisValues cell(const std::string& eta, const std::string& optimizer = "gd") {
  return {"he-normal", "zero", eta, optimizer, "exp", "1", "+1,-1"};
}

TEST(MatchCells, ByTheValuesOfTheAxesThatVary) {
  const MatchedCells matched =
      match_cells({cell("0.1"), cell("0.2"), cell("0.3")}, {cell("0.3"), cell("0.1"), cell("4")});
  EXPECT_EQ(matched.pairs, (Pairs{{0, 1}, {2, 0}}));
  EXPECT_EQ(matched.in_a_alone, Places{1});
  EXPECT_EQ(matched.in_b_alone, Places{2});
  EXPECT_EQ(matched.varying, Places{2});
}

TEST(MatchCells, AnAxisOfOneValueInEachKeepsNoneApart) {
  const MatchedCells matched =
      match_cells({cell("0.1", "gd"), cell("0.2", "gd")}, {cell("0.1", "flow"), cell("0.2", "flow")});
  EXPECT_EQ(matched.pairs, (Pairs{{0, 0}, {1, 1}}));
  EXPECT_EQ(match_cells({cell("0.1")}, {cell("0.2", "flow")}).pairs, (Pairs{{0, 0}}));
}

TEST(MatchCells, OneValueGoesWithItsEqualAmongSeveral) {
  const MatchedCells matched = match_cells({cell("0.2")}, {cell("0.1"), cell("0.2")});
  EXPECT_EQ(matched.pairs, (Pairs{{0, 1}}));
  EXPECT_EQ(matched.in_b_alone, Places{0});
  EXPECT_TRUE(match_cells({cell("0.3")}, {cell("0.1"), cell("0.2")}).pairs.empty());
}

TEST(MatchCells, EqualCellsGoInTheirOrder) {
  const MatchedCells matched =
      match_cells({cell("1"), cell("1"), cell("2")}, {cell("2"), cell("1"), cell("1"), cell("1")});
  EXPECT_EQ(matched.pairs, (Pairs{{0, 1}, {1, 2}, {2, 0}}));
  EXPECT_EQ(matched.in_b_alone, Places{3});
}

}  // namespace
}  // namespace logmargin::testing::matched_cells_test
