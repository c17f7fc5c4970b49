#include "logmargin/measure/law_approach.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "logmargin/closed_form/free_motion.hpp"
#include "logmargin/measure/horizon_values.hpp"

namespace logmargin::law_approach_test {
namespace {

const Network<double> start = {8.0, -3.0, -2.0, 9.0};

double told_from(const Problem& problem, double ln_t) {
  const Network<double> network = network_at(settled_motion(problem, start, 0.0), ln_t);
  return log10_t_of_law(problem, network, observe(problem, network).gap, limiting_constant(problem, network),
                        std::exp(ln_t));
}

TEST(LawApproach, IsTheSameFromWhereverItIsLookedAt) {
  // The next-order term falls like 1/t once t is beyond the phases, e^9/0.1: where it is small is known before it is.
  const Problem problem = make_problem(1.0, -1.0, 0.1);
  const double expected = told_from(problem, std::log(1e12));
  for (const double log10_t : {8.0, 9.0, 10.0}) {
    EXPECT_NEAR(told_from(problem, log10_t * std::log(10.0)), expected, 0.01) << log10_t;
  }
}

TEST(LawApproach, IsWhereTheSlopeHasComeToItsLimit) {
  // 1/gap over ln t, between sqrt(t) and t, at the t that is told and long before it.
  const Problem problem = make_problem(1.0, -1.0, 0.1);
  const FreeMotion motion = settled_motion(problem, start, 0.0);
  const double constant = limiting_constant(problem, start);
  const auto ratio = [&](double ln_t) {
    const double late = 1.0 / observe(problem, network_at(motion, ln_t)).gap;
    const double early = 1.0 / observe(problem, network_at(motion, 0.5 * ln_t)).gap;
    return 0.5 * ln_t / (late - early) / constant;
  };
  const double ln_t = told_from(problem, std::log(1e10)) * std::log(10.0);
  EXPECT_NEAR(ratio(ln_t), 1.0, theory_tolerance);
  EXPECT_GT(std::abs(ratio(0.5 * ln_t) - 1.0), theory_tolerance);
}

TEST(LawApproach, OfAGapThatRemainsIsWhereTheRestIsSmallBesideIt) {
  for (const auto& [x1, x2] : {std::pair{2.0, -1.0}, {1.0, -3.0}}) {
    const Problem problem = make_problem(x1, x2, 0.1);
    const double ln_t = told_from(problem, std::log(1e20)) * std::log(10.0);
    const Network<double> network = network_at(settled_motion(problem, start, 0.0), ln_t);
    const double limit = limiting_gap(problem);
    EXPECT_NEAR(std::abs(observe(problem, network).gap - limit) / limit, 0.5 * theory_tolerance, 1e-6) << x1;
  }
}

TEST(LawApproach, IsNotToldOfPointsThatLiftEachOther) {
  EXPECT_TRUE(std::isnan(told_from(make_problem(1.0, -0.5, 0.1), std::log(1e10))));
}

TEST(CheckLaw, ContradictsOnlyWhereTheNetworkCanTell) {
  const Problem problem = make_problem(1.0, -1.0, 0.1);
  HorizonValues values = {Outcome::converging, 0, 0.5, ExpectedLaw::inverse_log, 0.9, 0.1, 8.0, false};
  EXPECT_EQ(check_law(problem, values, 1.09, 1e6), LawCheck::agrees);
  EXPECT_EQ(check_law(problem, values, 1.11, 1e6), LawCheck::too_early);
  EXPECT_EQ(check_law(problem, values, 1.11, 1e9), LawCheck::contradicts);
  EXPECT_EQ(check_law(problem, values, std::nan(""), 1e9), LawCheck::not_determined);
  const Problem unequal = make_problem(2.0, -1.0, 0.1);
  values.limit_met = true;
  EXPECT_EQ(check_law(unequal, values, 7.0, 1e9), LawCheck::agrees) << "of the gap itself, whatever the fit";
  values.limit_met = false;
  EXPECT_EQ(check_law(unequal, values, 1.0, 1e9), LawCheck::contradicts);
}

}  // namespace
}  // namespace logmargin::law_approach_test
