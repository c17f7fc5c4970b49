#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "logmargin/model/observation.hpp"
#include "logmargin/stepping/method_state.hpp"
#include "tests/support/reference_case.hpp"

namespace logmargin::testing::woken_test {
namespace {

/// 60-digit states of networks with a dead point that wakes, of points on one side and under the logistic loss, in one
/// to three dimensions.
TEST(Woken, NetworksMatchTheReferenceStatesAndTheirOutcomesAreTrue) {
  std::map<std::string, int> ended;
  Case one{};
  MethodState state{};
  double t = 0.0;
  for (const Row& row : rows_of("woken.csv")) {
    SCOPED_TRACE(row.at("case") + " " + row.at("x1") + " and " + row.at("x2") + ", w1 " + row.at("w1") + ", t " +
                 row.at("t"));
    const double to_t = std::stod(row.at("t"));
    const std::string kind = row.at("case").substr(0, row.at("case").rfind('-'));
    if (to_t == 0.0) {
      one = case_of(row);
      state = start_of(one.problem, network_from_weights(one.problem, one.start.on_line));
      t = 0.0;
      if (kind == "woken" || kind == "late") {
        EXPECT_EQ(classify(one.problem, t, state), Outcome::dormant);
      }
    }
    advance_state(one.problem, t, static_cast<std::int64_t>(to_t - t), state);
    t = to_t;
    const Network<double>& z = state.network;
    // Rounding of t steps, each half a unit in the last place of numbers below 16.
    const double tolerance = std::max(1e-13, 1e-15 * t) * 10.0;
    EXPECT_NEAR(z.z11, std::stod(row.at("z11")), tolerance);
    EXPECT_NEAR(z.z12, std::stod(row.at("z12")), tolerance);
    EXPECT_NEAR(z.z21, std::stod(row.at("z21")), tolerance);
    EXPECT_NEAR(z.z22, std::stod(row.at("z22")), tolerance);
    const Observation<double> seen =
        one.problem.multi_dimensional ? observe(one.problem, z, one.start.orthogonal) : observe(one.problem, z);
    EXPECT_NEAR(seen.margin, std::stod(row.at("margin")), tolerance);
    EXPECT_NEAR(seen.gap, std::stod(row.at("gap")), tolerance);
    if (t < 1e5) continue;
    EXPECT_EQ(classify(one.problem, t, state), Outcome::converging);
    ++ended[kind];
  }
  for (const char* kind : {"woken", "late", "same-side", "logistic"}) EXPECT_GT(ended[kind], 1) << kind;
}

}  // namespace
}  // namespace logmargin::testing::woken_test
