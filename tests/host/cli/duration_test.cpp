#include "host/cli/duration.hpp"

#include <gtest/gtest.h>

#include "host/error.hpp"

namespace logmargin::duration_test {
namespace {

TEST(Duration, IsSecondsUnitsOrAClock) {
  EXPECT_EQ(parse_duration("--x", "90"), 90.0);
  EXPECT_EQ(parse_duration("--x", "0.25"), 0.25);
  EXPECT_EQ(parse_duration("--x", "1.5e3"), 1500.0);
  EXPECT_EQ(parse_duration("--x", "90s"), 90.0);
  EXPECT_EQ(parse_duration("--x", "90m"), 5400.0);
  EXPECT_EQ(parse_duration("--x", "1.5h"), 5400.0);
  EXPECT_EQ(parse_duration("--x", "1h30m"), 5400.0);
  EXPECT_EQ(parse_duration("--x", "2d1h1m1s"), 2 * 86400.0 + 3661.0);
  EXPECT_EQ(parse_duration("--x", "0:00:01"), 1.0);
  EXPECT_EQ(parse_duration("--x", "36:05:07"), 36 * 3600.0 + 307.0);
  EXPECT_EQ(parse_duration("--x", "2-12:00:00"), 60 * 3600.0);
}

TEST(Duration, IsEveryFormThatSlurmWrites) {
  EXPECT_EQ(parse_duration("--x", "29:59"), 29 * 60.0 + 59.0);
  EXPECT_EQ(parse_duration("--x", "90:00"), 5400.0);
  EXPECT_EQ(parse_duration("--x", "1:5"), 65.0);
  EXPECT_EQ(parse_duration("--x", "1:5:07"), 3907.0);
  EXPECT_EQ(parse_duration("--x", "1-02"), 26 * 3600.0);
  EXPECT_EQ(parse_duration("--x", "1-2:3"), 26 * 3600.0 + 180.0);
  EXPECT_EQ(parse_duration("--x", "1-02:03:04"), 26 * 3600.0 + 184.0);
  EXPECT_EQ(parse_duration("--x", "0-0:30"), 1800.0);
}

TEST(Duration, Ends) { EXPECT_THROW(parse_duration("--x", std::string(305, '9') + "d"), UsageError); }

TEST(Duration, IsNothingElse) {
  for (const char* text : {"",       "0",          "-5",      "x",         "nan",      "inf",     "5x",      "m",
                           "1m1h",   "1h1h",       "1h30",    "1:60",      "1:005:07", "1:60:00", "1:00:60", "-1:00:00",
                           "1-",     "1--1:00:00", "0:00:00", "1 h",       " 90",      "1e3s",    "0m",      "1..5m",
                           "::",     "1::1",       "0x10",    "1-2:3:4:5", "1:2:3:4",  "1:",      ":1",      "1-:3",
                           "1-2:60", "0-0",        "1-2h",    "-5:00",     "1:+2",     "1-1-1"}) {
    try {
      parse_duration("--max-time", text);
      ADD_FAILURE() << "'" << text << "' was allowed";
    } catch (const UsageError& error) {
      EXPECT_NE(std::string(error.what()).find("--max-time: '" + std::string(text) + "'"), std::string::npos);
    }
  }
}

}  // namespace
}  // namespace logmargin::duration_test
