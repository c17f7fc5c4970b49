#include "host/plan/number.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "host/error.hpp"
#include "tests/support/random_source.hpp"

namespace logmargin::number_test {
namespace {

TEST(ParseNumber, TakesPlainAndScientific) {
  EXPECT_EQ(parse_number("0.1"), 0.1);
  EXPECT_EQ(parse_number("1e6"), 1e6);
  EXPECT_EQ(parse_number("+1"), 1.0);
  EXPECT_EQ(parse_number("-2.5E-3"), -2.5e-3);
  EXPECT_EQ(parse_number("0"), 0.0);
  EXPECT_EQ(parse_number("1.7976931348623157e308"), std::numeric_limits<double>::max());
  EXPECT_EQ(parse_number("0.1000000000000000055511151231257827"), 0.1);
}

TEST(ParseNumber, RefusesEverythingElse) {
  for (const char* text :
       {"",         " ",    "1 ",    " 1",    "1x",     "x",      "0x10",  "0x1p3", "nan",  "NaN", "-nan", "inf",
        "infinity", "-inf", "+inf",  "1e",    "1e+",    "e5",     "+",     "-",     "+-1",  "-+1", "++1",  "--1",
        ".",        "1,5",  "1_000", "1e400", "-1e400", "1e-500", "1.5.2", "1\n",   "1e6;", "\t1", "one",  "1f"}) {
    EXPECT_EQ(parse_number(text), std::nullopt) << "'" << text << "'";
  }
}

TEST(ParseWhole, TakesWholeNumbersHoweverWritten) {
  EXPECT_EQ(parse_whole("1e6"), 1e6);
  EXPECT_EQ(parse_whole("+17"), 17.0);
  EXPECT_EQ(parse_whole("12.0"), 12.0);
  EXPECT_EQ(parse_whole("0.25e2"), 25.0);
  EXPECT_EQ(parse_whole("9007199254740992"), 0x1p53);
}

TEST(ParseWhole, ZeroHasNoSign) {
  ASSERT_TRUE(parse_whole("-0").has_value());
  EXPECT_FALSE(std::signbit(*parse_whole("-0")));
}

TEST(ParseWhole, RefusesFractionsNegativesAndWhatADoubleCannotCount) {
  for (const char* text : {"1.5", "-1", "0.999", "1e-1", "1e16", "9007199254740994", "1e30", "", "ten", "1 0"}) {
    EXPECT_EQ(parse_whole(text), std::nullopt) << "'" << text << "'";
  }
}

TEST(ParseUnsigned, TakesEvery64BitNumber) {
  EXPECT_EQ(parse_unsigned("0"), 0U);
  EXPECT_EQ(parse_unsigned("18446744073709551615"), std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(parse_unsigned("9007199254740993"), 9007199254740993U);
  EXPECT_EQ(parse_unsigned("1e6"), 1000000U);
  EXPECT_EQ(parse_unsigned("+5"), 5U);
  EXPECT_EQ(parse_unsigned("-0"), 0U);
  EXPECT_EQ(parse_unsigned("0e99999"), 0U);
}

TEST(ParseUnsigned, TakesScientificNumbersToTheLastDigit) {
  EXPECT_EQ(parse_unsigned("1e18"), 1000000000000000000U);
  EXPECT_EQ(parse_unsigned("1E+19"), 10000000000000000000U);
  EXPECT_EQ(parse_unsigned("1.8446744073709551615e19"), std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(parse_unsigned("9007199254740993e0"), 9007199254740993U);
  EXPECT_EQ(parse_unsigned("900719925474099.3e1"), 9007199254740993U);
  EXPECT_EQ(parse_unsigned("90071992547409930000e-4"), 9007199254740993U);
  EXPECT_EQ(parse_unsigned("+12345678901234567890.000"), 12345678901234567890U);
  EXPECT_EQ(parse_unsigned(".5e1"), 5U);
  EXPECT_EQ(parse_unsigned("0.00000000000000000000000000000017e32"), 17U);
  EXPECT_EQ(parse_unsigned("00000000000000000000000000000000000017"), 17U);
}

TEST(ParseUnsigned, RefusesWhatDoesNotFit) {
  for (const char* text : {"18446744073709551616", "-1", "1.5", "1e30", "", "0x1", "7 ", "1.8446744073709551616e19",
                           "2e19", "1.00000000000000000001e18", "123e-2", "5e-1", "1e-300", "1e", "."}) {
    EXPECT_EQ(parse_unsigned(text), std::nullopt) << "'" << text << "'";
  }
}

TEST(Split, GivesOnePieceMoreThanSeparators) {
  EXPECT_EQ(split("a,b,c", ','), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(split("", ','), (std::vector<std::string>{""}));
  EXPECT_EQ(split(",a,,", ','), (std::vector<std::string>{"", "a", "", ""}));
  EXPECT_EQ(split("a;b,c", ';'), (std::vector<std::string>{"a", "b,c"}));
}

TEST(NumberText, WritesWholeNumbersPlainly) {
  EXPECT_EQ(number_text(0.0), "0");
  EXPECT_EQ(number_text(-0.0), "0");
  EXPECT_EQ(number_text(1e6), "1000000");
  EXPECT_EQ(number_text(-3.0), "-3");
  EXPECT_EQ(number_text(999999999999999.0), "999999999999999");
  EXPECT_EQ(number_text(1e15), "1e+15");
}

TEST(NumberText, IsTheShortestText) {
  EXPECT_EQ(number_text(0.1), "0.1");
  EXPECT_EQ(number_text(1.0 / 3.0), "0.3333333333333333");
  EXPECT_EQ(number_text(1e-300), "1e-300");
  EXPECT_EQ(number_text(5e-324), "5e-324");
}

TEST(NumberText, ReadsBackAsTheSameNumber) {
  testing::RandomSource random(20260301);
  for (int i = 0; i < 200000; ++i) {
    const double value = random.sign() * random.log_uniform(-1070.0, 1023.0);
    ASSERT_EQ(parse_number(number_text(value)), value) << number_text(value);
  }
  for (int i = 0; i < 20000; ++i) {
    const double value = std::floor(random.uniform(0.0, 0x1p54));
    ASSERT_EQ(parse_number(number_text(value)), value) << number_text(value);
  }
}

TEST(Reject, NamesOptionValueAndWhatIsAllowed) {
  try {
    reject("--eta", "-1", "a number > 0 is allowed");
    FAIL() << "nothing was thrown";
  } catch (const UsageError& error) {
    EXPECT_STREQ(error.what(), "--eta: '-1' is not allowed; a number > 0 is allowed");
  }
}

}  // namespace
}  // namespace logmargin::number_test
