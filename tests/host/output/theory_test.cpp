#include "host/output/theory.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "host/plan/data_pair.hpp"
#include "logmargin/limiting_margin.hpp"

namespace logmargin {
namespace {

using Verdict = Theory::Verdict;

Cell cell_of(const std::string& optimizer, const DataPair& data) {
  return {"he-normal", "zero", 0.1, optimizer, "exp", 1, data};
}

HorizonTally tally_with(double ratio, std::uint64_t networks = fewest_to_contradict) {
  HorizonTally tally(1, 0);
  for (std::uint64_t i = 0; i < networks; ++i) tally.fit[0].constant_ratio.add(ratio);
  return tally;
}

LastSeen margins_of(double margin) {
  Distribution distribution(BinScale::relative);
  distribution.add(margin);
  return {1e6, distribution.quantiles(), distribution.quantiles()};
}

TEST(Theory, IsConsistentWithinTenPercentOfTheConstant) {
  for (const auto& [ratio, verdict] : {std::pair{1.05, Verdict::consistent},
                                       {0.95, Verdict::consistent},
                                       {1.2, Verdict::inconsistent},
                                       {0.8, Verdict::inconsistent}}) {
    const Theory theory = theory_of(cell_of("gd", {1.0, -1.0}), tally_with(ratio), margins_of(0.9));
    EXPECT_EQ(theory.verdict, verdict) << ratio;
    EXPECT_EQ(theory.law, "gap ln t -> C");
    EXPECT_EQ(theory.constant, "|delta|/2");
    EXPECT_EQ(theory.expected, 1.0);
    EXPECT_NEAR(theory.measured, ratio, 0.002 * ratio);
  }
}

TEST(Theory, IsNotContradictedByAFewNetworks) {
  const Cell cell = cell_of("gd", {1.0, -1.0});
  const Theory few = theory_of(cell, tally_with(1.2, fewest_to_contradict - 1), margins_of(0.9));
  EXPECT_EQ(few.verdict, Verdict::unknown);
  EXPECT_EQ(few.law, "gap ln t -> C, too few to tell");
  EXPECT_EQ(theory_of(cell, tally_with(1.0, 1), margins_of(0.9)).verdict, Verdict::consistent);
}

TEST(Theory, IsTheOptimisersOwn) {
  EXPECT_EQ(theory_of(cell_of("nesterov", {1.0, -1.0}), tally_with(1.0), margins_of(0.9)).constant, "|delta|/4");
  const Theory power = theory_of(cell_of("ngd", {1.0, -1.0}), tally_with(1.0), margins_of(0.9));
  EXPECT_EQ(power.law, "gap t -> C");
  EXPECT_EQ(power.constant, "|delta|/(2 eta)");
}

TEST(Theory, ClaimsNothingWhereNothingIsKnown) {
  for (const std::string optimizer : {"dual", "prgd"}) {
    const Theory theory = theory_of(cell_of(optimizer, {1.0, -1.0}), tally_with(1.0), margins_of(0.9));
    EXPECT_EQ(theory.verdict, Verdict::unknown);
    EXPECT_EQ(theory.law, "not known");
    EXPECT_NE(theory.source.find("linear models"), std::string::npos);
    EXPECT_TRUE(theory.measure.empty());
  }
  EXPECT_EQ(theory_of(cell_of("gd", {1.0, 0.5}), tally_with(1.0), margins_of(0.2)).law, "not known");
}

TEST(Theory, IsNotDecidedWithoutANetworkThatConverges) {
  const Theory theory = theory_of(cell_of("gd", {1.0, -1.0}), HorizonTally(1, 0), LastSeen{});
  EXPECT_EQ(theory.verdict, Verdict::unknown);
  EXPECT_TRUE(std::isnan(theory.measured));
}

/// Norms whose limit rounding would put a unit below 1.
TEST(Theory, OfVectorsOfEqualNormsIsTheLawOfTheGap) {
  for (const char* data : {"(5,-5,-4),(-5,5,-4)", "(1,3),(1,-3)", "1.5,-1.5"}) {
    Cell cell = cell_of("gd", parse_data_pair(data));
    cell.dim = 3;
    const Theory theory = theory_of(cell, tally_with(1.0), margins_of(0.9));
    EXPECT_EQ(limiting_margin_ratio(cell.problem()), 1.0) << data;
    EXPECT_EQ(theory.law, "gap ln t -> C") << data;
    EXPECT_EQ(theory.constant, "") << data;
  }
}

TEST(Theory, DoesNotJudgeWhileTheDipLiesInTheFitsWindow) {
  HorizonTally tally = tally_with(1.5);
  tally.dip_log10_t.add(4.0);
  EXPECT_EQ(theory_of(cell_of("gd", {1.0, -1.0}), tally, margins_of(0.9)).verdict, Verdict::unknown);
  tally.dip_log10_t = Distribution(BinScale::absolute);
  tally.dip_log10_t.add(2.0);
  EXPECT_EQ(theory_of(cell_of("gd", {1.0, -1.0}), tally, margins_of(0.9)).verdict, Verdict::inconsistent);
}

TEST(Theory, ClaimsNothingForStepsOfNgdThatAreTooLong) {
  Cell cell = cell_of("ngd", {1.0, -1.0});
  cell.eta = 2.5;
  EXPECT_EQ(theory_of(cell, tally_with(1.0), margins_of(0.9)).law, "not known");
}

/// What is frozen across the line hides the law for long: a part in (|w|/ln t)^2.
TEST(Theory, InSpaceIsNotContradictedBeforeItShows) {
  Cell cell = cell_of("gd", {1.0, -1.0});
  cell.dim = 100;
  EXPECT_EQ(theory_of(cell, tally_with(3.0), margins_of(0.9)).verdict, Verdict::unknown);
  EXPECT_EQ(theory_of(cell, tally_with(1.02), margins_of(0.9)).verdict, Verdict::consistent);
}

/// Points +2 and -0.75: G = 5, 1.5625, -0.5, so that theta_1 goes along (2, 1)/5 and theta_2 along (-0.75, 1)/1.5625;
/// the boundary w x + b = 0 of their difference (0.88, -0.44) stands at x = 0.5, an eighth short of the middle.
TEST(Theory, PointsOfUnequalNormsDoNotReachTheLargestMargin) {
  const DataPair data = {2.0, -0.75};
  const double w = 2.0 / 5.0 + 0.75 / 1.5625;
  const double b = 1.0 / 5.0 - 1.0 / 1.5625;
  const double crossing = -b / w;
  const double limit = std::min(2.0 - crossing, crossing + 0.75) / 1.375;
  ASSERT_LT(limit, 0.95);
  const Theory near = theory_of(cell_of("gd", data), tally_with(1.0), margins_of(limit * 1.375 * 1.02));
  EXPECT_NEAR(near.expected, limit, 1e-12);
  EXPECT_NEAR(near.measured, limit * 1.02, 0.003);
  EXPECT_EQ(near.verdict, Verdict::consistent);
  const Theory far = theory_of(cell_of("gd", data), tally_with(1.0), margins_of(limit * 1.375 * 0.8));
  EXPECT_EQ(far.verdict, Verdict::unknown);
  EXPECT_NE(far.law.find("too early"), std::string::npos);
}

}  // namespace
}  // namespace logmargin
