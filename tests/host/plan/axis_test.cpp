#include "host/plan/axis.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "host/error.hpp"

namespace logmargin::axis_test {
namespace {

std::vector<double> values_of(const std::string& text) {
  return parse_number_axis("--eta", text, "a number > 0 is allowed", [](double value) { return value > 0.0; });
}

std::string complaint_about(const std::string& text) {
  try {
    values_of(text);
  } catch (const UsageError& error) {
    return error.what();
  }
  return "";
}

TEST(NumberAxis, TakesOneNumberAndLists) {
  EXPECT_EQ(values_of("0.1"), (std::vector<double>{0.1}));
  EXPECT_EQ(values_of("0.1,2,3e-4"), (std::vector<double>{0.1, 2.0, 3e-4}));
  EXPECT_EQ(values_of("3,1,3"), (std::vector<double>{3.0, 1.0, 3.0})) << "in the order given";
}

TEST(NumberAxis, SpacesARangeEvenly) {
  EXPECT_EQ(values_of("1:2:5"), (std::vector<double>{1.0, 1.25, 1.5, 1.75, 2.0}));
  EXPECT_EQ(values_of("2:1:3"), (std::vector<double>{2.0, 1.5, 1.0})) << "falling";
  EXPECT_EQ(values_of("0.3:0.3:1"), (std::vector<double>{0.3}));
}

TEST(NumberAxis, SpacesALogRangeEvenlyInTheLogarithm) {
  const std::vector<double> values = values_of("1e-3:1e3:7log");
  ASSERT_EQ(values.size(), 7U);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double exact = std::pow(10.0, static_cast<double>(i) - 3.0);
    EXPECT_NEAR(values[i] / exact, 1.0, 1e-14);
  }
}

TEST(NumberAxis, HasTheNumbersThatAReaderExpectsInARange) {
  EXPECT_EQ(values_of("0.01:1:3log"), (std::vector<double>{0.01, 0.1, 1.0}));
  EXPECT_EQ(values_of("1e-3:1e3:7log"), (std::vector<double>{1e-3, 1e-2, 0.1, 1.0, 10.0, 100.0, 1e3}));
  EXPECT_EQ(values_of("0.1:1:10")[2], 0.3);
  EXPECT_EQ(values_of("1:1.0000000000000004:3")[1], 1.0000000000000002) << "no digit is lost where they are needed";
}

TEST(NumberAxis, HasTheEndsOfARangeExactly) {
  for (const std::string ends : {"0.1:0.7", "1e-3:0.3", "0.013:77", "1e-20:1e20", "1e20:1e-20", "3:0.1"}) {
    for (const std::string count : {"2", "3", "7", "10", "101", "999"}) {
      for (const std::string kind : {"", "log"}) {
        const std::string range = ends + ":" + count + kind;
        const std::vector<double> values = values_of(range);
        EXPECT_EQ(std::to_string(values.size()), count);
        EXPECT_EQ(values.front(), std::stod(ends)) << range;
        EXPECT_EQ(values.back(), std::stod(ends.substr(ends.find(':') + 1))) << range;
      }
    }
  }
}

TEST(NumberAxis, MovesOneWayThroughARange) {
  for (const std::string kind : {"", "log"}) {
    const std::vector<double> rising = values_of("0.1:0.7:101" + kind);
    EXPECT_TRUE(std::is_sorted(rising.begin(), rising.end()));
    EXPECT_EQ(std::adjacent_find(rising.begin(), rising.end()), rising.end());
    const std::vector<double> falling = values_of("0.7:0.1:101" + kind);
    EXPECT_TRUE(std::is_sorted(falling.rbegin(), falling.rend()));
  }
}

TEST(NumberAxis, TakesRangesInsideLists) {
  EXPECT_EQ(values_of("5,1:2:2,0.25"), (std::vector<double>{5.0, 1.0, 2.0, 0.25}));
}

/// A range whose ratio or width is beyond the largest double may be refused, but never gives infinity.
TEST(NumberAxis, GivesOnlyFiniteValues) {
  const auto any_number = [](double) { return true; };
  for (const char* range : {"1e-300:1e300:5log", "5e-324:1.7e308:9log", "-1.5e308:1.5e308:5"}) {
    try {
      for (const double value : parse_number_axis("--eta", range, "", any_number)) {
        EXPECT_TRUE(std::isfinite(value)) << range << " gave " << value;
      }
    } catch (const UsageError& error) {
      EXPECT_NE(std::string(error.what()).find(range), std::string::npos) << error.what();
    }
  }
}

TEST(NumberAxis, RefusesMalformedPiecesByName) {
  for (const char* piece :
       {"",      "x",        "nan",       "inf",    "-1",    "0",       "1e400",   "1:2",     "1:2:3:4", ":",
        "::",    "1:2:",     "1::3",      ":2:3",   "1:2:0", "1:2:-3",  "1:2:2.5", "1:2:log", "1:2:3lg", "1:2:3log2",
        "1:2:1", "0:1:3log", "-1:1:3log", "1:-1:5", "0:1:3", "1:2:1e7", "1:inf:3", "nan:1:3", "1:2:1e30"}) {
    const std::string complaint = complaint_about(std::string("0.5,") + piece);
    EXPECT_TRUE(complaint.starts_with("--eta: '" + std::string(piece) + "' is not allowed; "))
        << "'" << piece << "' gave: " << complaint;
  }
}

TEST(NumberAxis, RefusesMoreThanAMillionValues) {
  EXPECT_EQ(values_of("1:2:1e6").size(), 1000000U);
  EXPECT_NE(complaint_about("1:2:1e6,3"), "");
  EXPECT_NE(complaint_about("1:2:1000001"), "");
}

}  // namespace
}  // namespace logmargin::axis_test
