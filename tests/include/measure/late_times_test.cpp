#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "logmargin/measure/limiting_margin.hpp"
#include "logmargin/stepping/time_to_gap.hpp"
#include "tests/support/reference_case.hpp"

namespace logmargin::testing::late_times_test {
namespace {

/// 60-digit times of networks whose gap closes late or never: unequal norms, huge pre-activations, points that are
/// shared for long, dead points that wake late, and two and three dimensions.
TEST(LateTimes, MatchTheReferenceTimesAndLimits) {
  std::map<std::string, int> compared;
  for (const Row& row : rows_of("late_times.csv")) {
    const Case one = case_of(row);
    const Network<double> initial = network_from_weights(one.problem, one.start.on_line);
    const double threshold = std::stod(row.at("eps"));
    double actual = 0.0;
    if (one.problem.multi_dimensional) {
      log10_times_to_gap(NetworkInRd{one.start.orthogonal}, one.problem, initial, &threshold, 1, &actual);
    } else {
      log10_times_to_gap(NetworkOnLine{}, one.problem, initial, &threshold, 1, &actual);
    }
    SCOPED_TRACE(row.at("x1") + " and " + row.at("x2") + ", w1 " + row.at("w1") + ", eps " + row.at("eps"));
    const std::string& status = row.at("status");
    ++compared[status];
    if (status == "never_above") {
      EXPECT_EQ(actual, gap_never_above);
    } else if (status == "never_within") {
      EXPECT_EQ(actual, gap_never_within);
    } else {
      const double expected = std::stod(row.at("log10_t_eps"));
      // Around a late event the table counts whole steps, where the program may have the real-valued crossing.
      const bool in_steps = expected > 5.0 &&
                            std::abs(std::pow(10.0, expected) - std::round(std::pow(10.0, expected))) < 1e-3 &&
                            expected < 7.0;
      const double tolerance = in_steps ? 1.0 / std::pow(10.0, expected) : 1e-9 * std::max(1.0, expected);
      EXPECT_NEAR(actual, expected, tolerance);
    }
    // Of norms that differ by rounding alone the limit is zero to rounding.
    EXPECT_NEAR(limiting_gap(one.problem), std::stod(row.at("limiting_gap")), 1e-14 * one.problem.optimal_margin);
  }
  EXPECT_GT(compared["reached"], 200);
  EXPECT_GT(compared["never_within"], 50);
  EXPECT_GT(compared["never_above"], 10);
}

}  // namespace
}  // namespace logmargin::testing::late_times_test
