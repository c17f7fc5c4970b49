#include "host/results/theory.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "host/plan/data_pair.hpp"
#include "logmargin/measure/limiting_margin.hpp"

namespace logmargin::theory_test {
namespace {

using Verdict = Theory::Verdict;

Cell cell_of(const std::string& optimizer, const DataPair& data) {
  return {"he-normal", "zero", 0.1, optimizer, "exp", 1, data};
}

/// A cell's tally with so many networks of each answer to the law, all with the ratio.
struct Answers {
  std::uint64_t agree = 0, too_early = 0, contradict = 0;
  double ratio = 1.0;
  double log10_t_of_law = 4.0;

  HorizonTally tally() const {
    HorizonTally tally(1, 0);
    const auto put = [&](LawCheck check, std::uint64_t count, double log10_t) {
      tally.law[static_cast<std::size_t>(check)] = count;
      for (std::uint64_t i = 0; i < count; ++i) {
        tally.fit[0].constant_ratio.add(ratio);
        tally.log10_t_of_law.add(log10_t);
      }
    };
    put(LawCheck::agrees, agree, log10_t_of_law);
    put(LawCheck::contradicts, contradict, log10_t_of_law);
    put(LawCheck::too_early, too_early, 9.0);
    return tally;
  }
};

constexpr double horizon = 1e6;

TEST(Theory, IsConsistentWhereNearlyAllNetworksAreWithinTheTolerance) {
  const Cell cell = cell_of("gd", {1.0, -1.0});
  const Theory theory = theory_of(cell, Answers{95, 5, 0, 1.05}.tally(), horizon);
  EXPECT_EQ(theory.verdict, Verdict::consistent);
  EXPECT_EQ(theory.law, "gap ln t -> C");
  EXPECT_EQ(theory.constant, "|delta|/2");
  EXPECT_EQ(theory.expected, 1.0);
  EXPECT_NEAR(theory.measured, 1.05, 0.003);
  EXPECT_EQ(theory.networks, 100U);
  EXPECT_EQ(theory.within, 95U);
  EXPECT_EQ(theory_of(cell, Answers{89, 0, 11}.tally(), horizon).verdict, Verdict::inconsistent);
}

TEST(Theory, IsTooEarlyWhereTheNetworksThatDisagreeCannotTellYet) {
  const Cell cell = cell_of("gd", {1.0, -1.0});
  const Theory theory = theory_of(cell, Answers{47, 53, 0}.tally(), horizon);
  EXPECT_EQ(theory.verdict, Verdict::too_early) << "whatever the median";
  EXPECT_EQ(verdict_text(theory.verdict), "too early to tell");
  EXPECT_NEAR(theory.told_from_log10_t, 9.0, 0.0025);
  // Those that can tell are too few to contradict anything.
  EXPECT_EQ(theory_of(cell, Answers{0, 90, 10}.tally(), horizon).verdict, Verdict::too_early);
  EXPECT_EQ(theory_of(cell, Answers{10, 60, 30}.tally(), horizon).verdict, Verdict::inconsistent);
}

TEST(Theory, IsNotDecidedByAFewNetworks) {
  const Cell cell = cell_of("gd", {1.0, -1.0});
  EXPECT_EQ(theory_of(cell, Answers{fewest_for_a_verdict - 1, 0, 0}.tally(), horizon).verdict, Verdict::too_few);
  EXPECT_EQ(theory_of(cell, Answers{fewest_for_a_verdict, 0, 0}.tally(), horizon).verdict, Verdict::consistent);
  EXPECT_EQ(theory_of(cell, HorizonTally(1, 0), horizon).verdict, Verdict::unknown);
  EXPECT_TRUE(std::isnan(theory_of(cell, HorizonTally(1, 0), horizon).measured));
}

TEST(Theory, IsTheOptimisersOwn) {
  EXPECT_EQ(theory_of(cell_of("nesterov", {1.0, -1.0}), Answers{100}.tally(), horizon).constant, "|delta|/4");
  const Theory power = theory_of(cell_of("ngd", {1.0, -1.0}), Answers{100}.tally(), horizon);
  EXPECT_EQ(power.law, "gap t -> C");
  EXPECT_EQ(power.constant, "|delta|/(2 eta)");
}

TEST(Theory, ClaimsNothingWhereNothingIsKnown) {
  for (const std::string optimizer : {"dual", "prgd"}) {
    const Theory theory = theory_of(cell_of(optimizer, {1.0, -1.0}), Answers{100}.tally(), horizon);
    EXPECT_EQ(theory.verdict, Verdict::unknown);
    EXPECT_EQ(theory.law, "not known");
    EXPECT_NE(theory.source.find("linear models"), std::string::npos);
    EXPECT_TRUE(theory.measure.empty());
  }
  EXPECT_EQ(theory_of(cell_of("gd", {1.0, 0.5}), Answers{100}.tally(), horizon).law, "gap ln t -> C");
}

/// Norms whose limit rounding would put a unit below 1.
TEST(Theory, OfVectorsOfEqualNormsIsTheLawOfTheGap) {
  for (const char* data : {"(5,-5,-4),(-5,5,-4)", "(1,3),(1,-3)", "1.5,-1.5"}) {
    Cell cell = cell_of("gd", parse_data_pair(data));
    cell.dim = 3;
    const Theory theory = theory_of(cell, Answers{100}.tally(), horizon);
    EXPECT_EQ(limiting_margin_ratio(cell.problem()), 1.0) << data;
    EXPECT_EQ(theory.law, "gap ln t -> C") << data;
    EXPECT_EQ(theory.constant, "") << data;
  }
}

TEST(Theory, ClaimsNothingForStepsOfNgdThatAreTooLong) {
  Cell cell = cell_of("ngd", {1.0, -1.0});
  cell.eta = 2.5;
  EXPECT_EQ(theory_of(cell, Answers{100}.tally(), horizon).law, "not known");
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
  HorizonTally tally = Answers{100}.tally();
  for (int i = 0; i < 100; ++i) tally.excess.add(0.02 * 1.375 * (1.0 - limit));
  const Theory theory = theory_of(cell_of("gd", data), tally, horizon);
  EXPECT_NEAR(limiting_margin_ratio(cell_of("gd", data).problem()), limit, 1e-12);
  EXPECT_EQ(theory.expected, 0.0) << "of the gap's distance from its limit, not of the margin";
  EXPECT_NEAR(theory.measured, 0.02, 1e-4);
  EXPECT_EQ(theory.verdict, Verdict::consistent);
}

}  // namespace
}  // namespace logmargin::theory_test
