#include "host/results/terminal/bars.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace logmargin::bars_test {
namespace {

constexpr BarStyle ascii = {false, false};
constexpr BarStyle blocks = {true, false};

/// Characters of UTF-8.
std::size_t columns_of(const std::string& text) {
  std::size_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
  return count;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

TEST(BarStyle, FollowsTheSurroundings) {
  EXPECT_TRUE(bar_style("UTF-8", false, nullptr, nullptr).blocks);
  for (const char* other : {"ANSI_X3.4-1968", "ISO-8859-1", ""}) {
    EXPECT_FALSE(bar_style(other, true, nullptr, "xterm").blocks) << other;
  }
  EXPECT_TRUE(bar_style("UTF-8", true, nullptr, "xterm").colour);
  EXPECT_TRUE(bar_style("UTF-8", true, "", "xterm").colour) << "an empty NO_COLOR counts as none";
  EXPECT_FALSE(bar_style("UTF-8", false, nullptr, "xterm").colour) << "not in a pipe";
  EXPECT_FALSE(bar_style("UTF-8", true, "1", "xterm").colour);
  EXPECT_FALSE(bar_style("UTF-8", true, "0", "xterm").colour) << "whatever NO_COLOR says";
  EXPECT_FALSE(bar_style("UTF-8", true, nullptr, "dumb").colour);
  EXPECT_FALSE(bar_style("UTF-8", true, nullptr, "").colour);
  EXPECT_FALSE(bar_style("UTF-8", true, nullptr, nullptr).colour);
}

TEST(Bar, IsAsLongAsItsFraction) {
  EXPECT_EQ(bar(1.0, 10, ascii), "##########");
  EXPECT_EQ(bar(0.5, 10, ascii), "#####");
  EXPECT_EQ(bar(0.54, 10, ascii), "#####");
  EXPECT_EQ(bar(0.56, 10, ascii), "######");
  EXPECT_EQ(bar(1.0, 4, blocks), "████");
  EXPECT_EQ(bar(0.5, 4, blocks), "██");
  EXPECT_EQ(bar(0.125, 4, blocks), "▌");
  EXPECT_EQ(bar(0.375, 3, blocks), "█▏");
  EXPECT_EQ(bar(0.96875, 4, blocks), "███▉");
}

TEST(Bar, ShowsTheLeastOfSomethingAndNothingOfNothing) {
  EXPECT_EQ(bar(1e-9, 30, ascii), ".");
  EXPECT_EQ(bar(1e-9, 30, blocks), "▏");
  EXPECT_EQ(bar(0.0, 30, ascii), "");
  EXPECT_EQ(bar(0.0, 30, {true, true}), "");
}

TEST(Bar, EndsItsColour) { EXPECT_EQ(bar(1.0, 2, {true, true}), "\033[36m██\033[0m"); }

TEST(ShareRow, IsEightyColumnsAtMost) {
  EXPECT_EQ(share_row("stuck", 3, 4, 4, ascii),
            "  stuck                             3    75.00 %  #######################\n");
  EXPECT_EQ(share_row("frozen", 0, 4, 4, ascii), "  frozen                            0     0.00 %\n");
  EXPECT_EQ(share_row("none", 0, 0, 0, ascii), "  none                              0     0.00 %\n");
  for (const BarStyle& style : {ascii, blocks}) {
    const std::string row = share_row("a name of 22 character", 1000000000000, 1000000000000, 1000000000000, style);
    EXPECT_EQ(columns_of(row), 81U) << "with the line break: " << row;
  }
}

/// The counts of the rows, and that they have all values and at most 80 columns.
std::vector<std::string> rows_of(const Distribution& distribution, const BarStyle& style = ascii) {
  const std::vector<std::string> lines =
      lines_of(histogram_rows("p: gap ~ (ln t)^-p", round_histogram(distribution), style));
  std::uint64_t counted = 0;
  std::vector<std::string> rows;
  for (const std::string& line : lines) {
    EXPECT_LE(columns_of(line), 80U) << line;
    if (line.find('%') == std::string::npos) continue;
    rows.push_back(line.substr(2, line.find_last_not_of(' ', 23) - 1));
    counted += std::stoull(line.substr(24, 13));
  }
  EXPECT_EQ(counted, distribution.count());
  return rows;
}

TEST(HistogramRows, HaveRoundBounds) {
  Distribution distribution(BinScale::absolute);
  for (int i = 0; i < 100; ++i) distribution.add(0.6025 + 0.008 * i);
  EXPECT_EQ(rows_of(distribution), (std::vector<std::string>{"0.6 to 0.7", "0.7 to 0.8", "0.8 to 0.9", "0.9 to 1",
                                                             "1 to 1.1", "1.1 to 1.2", "1.2 to 1.3", "1.3 to 1.4"}));
  distribution.add(-7.0);
  distribution.add(55.0, 2);
  const std::vector<std::string> rows = rows_of(distribution, blocks);
  EXPECT_EQ(rows.front(), "below 0.6");
  EXPECT_EQ(rows.back(), "1.4 and above");
}

TEST(HistogramRows, AreOneTwoOrFiveTimesAPowerOfTenWide) {
  const auto first_row = [](double step) {
    Distribution distribution(BinScale::absolute);
    for (int i = 0; i < 100; ++i) distribution.add(0.0025 + step * i);
    return rows_of(distribution).front();
  };
  EXPECT_EQ(first_row(0.008), "0 to 0.1");
  EXPECT_EQ(first_row(0.012), "0 to 0.2");
  EXPECT_EQ(first_row(0.04), "0 to 0.5");
  EXPECT_EQ(first_row(0.08), "0 to 1");
  EXPECT_EQ(first_row(1.2), "0 to 20");
}

TEST(HistogramRows, PutEachValueWhereItBelongs) {
  Distribution distribution(BinScale::absolute);
  distribution.add(0.9025, 10);
  distribution.add(1.3025, 20);
  distribution.add(1.3925, 10);
  const std::string text = histogram_rows("p", round_histogram(distribution), ascii);
  EXPECT_NE(text.find("  0.9 to 1                         10    25.00 %  ##########\n"), std::string::npos) << text;
  EXPECT_NE(text.find("  1.3 to 1.4                       30    75.00 %  ##############################\n"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("  1.1 to 1.2                        0     0.00 %\n"), std::string::npos) << text;
  EXPECT_TRUE(text.starts_with("\n  p                          networks      share\n")) << text;
}

TEST(HistogramRows, BearAnyDistribution) {
  Distribution one(BinScale::absolute);
  one.add(1.0012);
  EXPECT_EQ(rows_of(one), std::vector<std::string>{"1 to 1.01"});
  Distribution wide(BinScale::absolute);
  for (const double value : {-1e300, -3.0, 0.0, 2.5, 1e300}) wide.add(value, 1000);
  EXPECT_LE(rows_of(wide).size(), 12U);
  Distribution far(BinScale::absolute);
  for (int i = 0; i < 50; ++i) far.add(123456.0 + 0.01 * i);
  EXPECT_LE(rows_of(far).size(), 12U);
  Distribution negative(BinScale::absolute);
  for (int i = 0; i < 50; ++i) negative.add(-0.0012 - 0.01 * i);
  EXPECT_LE(rows_of(negative).size(), 12U);
  EXPECT_EQ(histogram_rows("p", round_histogram(Distribution(BinScale::absolute)), ascii), "");
}

}  // namespace
}  // namespace logmargin::bars_test
