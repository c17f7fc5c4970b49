#include "host/results/files/columns.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>

namespace logmargin::columns_test {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

TEST(CsvText, QuotesOnlyWhatNeedsIt) {
  EXPECT_EQ(csv_text("he-normal"), "he-normal");
  EXPECT_EQ(csv_text("normal=0.5"), "normal=0.5");
  EXPECT_EQ(csv_text(""), "");
  EXPECT_EQ(csv_text("+1,-1"), "\"+1,-1\"");
  EXPECT_EQ(csv_text("say \"x\""), "\"say \"\"x\"\"\"");
  EXPECT_EQ(csv_text("a\nb"), "\"a\nb\"");
  EXPECT_EQ(csv_text("a\rb"), "\"a\rb\"");
}

TEST(CsvNumber, LeavesUndefinedFieldsEmpty) {
  EXPECT_EQ(csv_number(0.1), "0.1");
  EXPECT_EQ(csv_number(-0.0), "0");
  EXPECT_EQ(csv_number(infinity), "");
  EXPECT_EQ(csv_number(-infinity), "");
  EXPECT_EQ(csv_number(std::numeric_limits<double>::quiet_NaN()), "");
}

TEST(CellFields, MatchTheirHeader) {
  const Cell cell = {"uniform=0.5", "matched", 0.25, "gd", "exp", 1, {2.0, -0.5}};
  EXPECT_EQ(cell_header(), "init,bias,eta,optimizer,loss,dim,data");
  EXPECT_EQ(cell_fields(cell), "uniform=0.5,matched,0.25,gd,exp,1,\"+2,-0.5\"");
}

TEST(QuantileFields, MatchTheirHeader) {
  const Quantiles quantiles = {9, -1.0, 8.0, 2.5, {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99}};
  EXPECT_EQ(quantile_header("gap"),
            ",gap_count,gap_min,gap_q01,gap_q05,gap_q25,gap_q50,gap_q75,gap_q95,gap_q99,gap_max,gap_mean");
  EXPECT_EQ(quantile_fields(quantiles), ",9,-1,0.01,0.05,0.25,0.5,0.75,0.95,0.99,8,2.5");
}

TEST(QuantileFields, OfNothingAreEmpty) {
  const std::string fields = quantile_fields(Distribution(BinScale::relative).quantiles());
  EXPECT_EQ(fields, ",0,,,,,,,,,,");
  const std::string header = quantile_header("x");
  EXPECT_EQ(std::count(fields.begin(), fields.end(), ','), std::count(header.begin(), header.end(), ','));
}

TEST(Names, CoverEveryOutcomeAndLaw) {
  EXPECT_EQ(outcome_names[static_cast<std::size_t>(Outcome::converging)], "converging");
  EXPECT_EQ(outcome_names[static_cast<std::size_t>(Outcome::stuck)], "stuck");
  EXPECT_EQ(outcome_names[static_cast<std::size_t>(Outcome::transient)], "transient");
  EXPECT_EQ(outcome_names[static_cast<std::size_t>(Outcome::diverged)], "diverged");
  EXPECT_EQ(outcome_names[static_cast<std::size_t>(Outcome::stagnated)], "frozen");
  EXPECT_EQ(law_names[static_cast<std::size_t>(FittedLaw::inverse_log)], "inverse_log");
  EXPECT_EQ(law_names[static_cast<std::size_t>(FittedLaw::log_exponent)], "log_exponent");
  EXPECT_EQ(law_names[static_cast<std::size_t>(FittedLaw::power_exponent)], "power_exponent");
  EXPECT_EQ(law_names[static_cast<std::size_t>(FittedLaw::undefined)], "undefined");
}

}  // namespace
}  // namespace logmargin::columns_test
