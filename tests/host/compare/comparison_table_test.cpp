#include <gtest/gtest.h>

#include <algorithm>

#include "host/compare/table_words.hpp"
#include "tests/host/compare/compared_runs.hpp"

namespace logmargin::testing::comparison_table_test {
namespace {

void expect_eighty_columns(const std::string& table) {
  for (const std::string& line : lines_of(table)) {
    // A character of UTF-8 has one byte that does not continue another.
    EXPECT_LE(std::count_if(line.begin(), line.end(), [](char c) { return (c & 0xc0) != 0x80; }), 80) << line;
    EXPECT_FALSE(line.ends_with(' ')) << line;
  }
}

std::size_t times_in(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST(ComparisonTable, HasAPageForEachOfFewCells) {
  const ComparedRuns runs;
  runs.sweep("a",
             {"--init", "he-normal,normal=0.123456789012345", "--bias", "matched", "--data",
              "(1,0.123456789),(-1.987654321,2);+1,-1.23456789", "--dim", "2", "--eps", "0.000123456789012345,1%"});
  runs.sweep("b", {"--init", "he-normal,normal=0.123456789012345", "--bias", "matched", "--data",
                   "(1,0.123456789),(-1.987654321,2);+1,-1.23456789", "--dim", "2", "--eps", "0.000123456789012345,1%",
                   "--eta", "0.123456789012345", "--seed", "18446744073709551615"});
  const std::string table = runs.table("a", "b");
  expect_eighty_columns(table);
  EXPECT_EQ(times_in(table, "share in %"), 4U);
  EXPECT_EQ(times_in(table, "eta 0.1 | 0.123456789012345"), 4U) << table;
  EXPECT_NE(table.find("  seed         0                                18446744073709551615\n"), std::string::npos);
}

TEST(ComparisonTable, CellsOfAValueThatIsGivenTwiceHaveANumberAlone) {
  const ComparedRuns runs;
  runs.sweep("a", {"--trials", "20", "--steps", "10"});
  runs.sweep("b", {"--trials", "20", "--steps", "10", "--eta", "0.1,0.1"});
  for (const bool swapped : {false, true}) {
    const std::string table = swapped ? runs.table("b", "a") : runs.table("a", "b");
    EXPECT_NE(table.find("cell 1: the same axes as others"), std::string::npos) << table;
  }
}

TEST(ComparisonTable, HasARowForEachOfManyCellsAndTheLargestDifferences) {
  const ComparedRuns runs;
  const Arguments sweep = {"--eta", "0.001:0.003:203", "--init", "normal=3", "--trials", "40", "--steps", "30"};
  runs.sweep("a", sweep);
  runs.sweep("b", with_options(sweep, {"--optimizer", "ngd"}));
  const std::string table = runs.table("a", "b");
  expect_eighty_columns(table);
  EXPECT_EQ(times_in(table, " eta 0.00"), 200U);
  EXPECT_NE(table.find("  ... 3 more cells, which --json has\n"), std::string::npos);
  EXPECT_EQ(table.find("share in %"), std::string::npos);
  // The largest of the JSON's differences is the one that is named.
  const auto json = runs.json("a", "b");
  ASSERT_EQ(json.at("cells").size(), 203U);
  double most = 0.0;
  int at = -1;
  for (const auto& cell : json.at("cells")) {
    const auto& gap = cell.at("quantities").at("gap").at("difference").at("q50");
    if (gap.is_null() || !(std::abs(gap.get<double>()) > most)) continue;
    most = std::abs(gap.get<double>());
    at = cell.at("a").at("cell");
  }
  ASSERT_GE(at, 0);
  const std::vector<std::string> lines = lines_of(table);
  const std::string line = "  gap at horizon           cell " + std::to_string(at) + ": ";
  EXPECT_TRUE(std::any_of(lines.begin(), lines.end(), [&](const std::string& one) { return one.starts_with(line); }))
      << table.substr(table.find("largest"));
}

TEST(ComparisonTable, CutsLongPathsAndHidesWhatATerminalWouldObey) {
  const ComparedRuns runs;
  const std::string folder = "a" + std::string(150, 'x') + "\x1b[31m";
  runs.sweep(folder, {});
  runs.sweep("b", {"--seed", "1"});
  const std::string table = runs.table(folder, "b");
  expect_eighty_columns(table);
  EXPECT_EQ(table.find('\x1b'), std::string::npos);
  EXPECT_NE(table.find("x?[31m\n"), std::string::npos) << table;
}

TEST(ShownText, IsCutBetweenCharacters) {
  EXPECT_EQ(shown_text("abcdef", 6), "abcdef");
  EXPECT_EQ(shown_text("abcdef", 5), "abc..");
  EXPECT_EQ(shown_text("ab\u00e9\u00e9\u00e9\u00e9", 5), "ab\u00e9..");
  EXPECT_EQ(shown_end("abcdef", 5), "..def");
  EXPECT_EQ(shown_end("\u00e9\u00e9\u00e9\u00e9ab", 5), "..\u00e9ab");
  EXPECT_EQ(shown_text("a\nb\x7f", 9), "a?b?");
}

TEST(ShownPieces, FillLinesAndNoMore) {
  const std::vector<std::string> pieces(4, std::string(24, 'x'));
  const std::string piece(24, 'x');
  EXPECT_EQ(shown_pieces(pieces, ", ", 4), "    " + piece + ", " + piece + ",\n    " + piece + ", " + piece + "\n");
  EXPECT_EQ(shown_pieces({}, ", ", 4), "");
}

}  // namespace
}  // namespace logmargin::testing::comparison_table_test
