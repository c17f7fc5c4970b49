#include "host/engine/leap_check.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>

#include "tests/support/methods.hpp"

namespace logmargin::leap_check_test {
namespace {

const Network<double> ordinary = {9.0, -1.5, -0.5, 27.0};

TEST(LeapCheck, KeepsTheLargestDifference) {
  LeapCheck check;
  for (const double apart : {1e-12, 5e-11, 2e-12}) {
    compare(check, {ordinary.z11, ordinary.z12, ordinary.z21 + apart, ordinary.z22}, ordinary, 4096.0);
  }
  EXPECT_NEAR(check.largest_difference, 5e-11, 1e-16);
}

TEST(LeapCheck, FailsWhereAnyPreActivationIsFurtherApart) {
  constexpr double apart = 1.01e-10;
  const std::vector<Network<double>> leapt = {{ordinary.z11 + apart, ordinary.z12, ordinary.z21, ordinary.z22},
                                              {ordinary.z11, ordinary.z12 - apart, ordinary.z21, ordinary.z22},
                                              {ordinary.z11, ordinary.z12, ordinary.z21 + apart, ordinary.z22},
                                              {ordinary.z11, ordinary.z12, ordinary.z21, ordinary.z22 - apart}};
  for (const Network<double>& network : leapt) {
    LeapCheck check;
    EXPECT_THROW(compare(check, network, ordinary, 4096.0), std::runtime_error);
  }
}

TEST(LeapCheck, AllowsHugeNetworksTheRoundingOfLockstepAndNoMore) {
  LeapCheck check;
  const Network<double> huge = {1e200, -1e200, -1.0, 5.0};
  compare(check, {1e200 + 1e185, -1e200, -1.0, 5.0}, huge, 4096.0);
  EXPECT_EQ(check.largest_difference, 0.0) << "it says nothing about leaps";
  EXPECT_THROW(compare(check, {1e200 + 1e190, -1e200, -1.0, 5.0}, huge, 4096.0), std::runtime_error);
}

TEST(LeapCheck, DivergedAlikeIsNoDifference) {
  LeapCheck check;
  const double infinity = std::numeric_limits<double>::infinity();
  const double undefined = std::numeric_limits<double>::quiet_NaN();
  compare(check, {infinity, undefined, -1.0, 5.0}, {infinity, undefined, -1.0, 5.0}, 4096.0);
  // A neuron of huge weights diverges at once, and takes the other along in lockstep alone, which goes on stepping.
  compare(check, {-infinity, -infinity, 5872.0, -2361.0}, {-infinity, -infinity, -infinity, -infinity}, 4096.0);
  EXPECT_EQ(check.largest_difference, 0.0);
}

TEST(LeapCheck, FailsWhereOneWayAloneDiverges) {
  LeapCheck check;
  for (const double lost : {std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
    const Network<double> diverged = {ordinary.z11, lost, ordinary.z21, ordinary.z22};
    EXPECT_THROW(compare(check, diverged, ordinary, 4096.0), std::runtime_error);
    EXPECT_THROW(compare(check, ordinary, diverged, 4096.0), std::runtime_error);
  }
}

TEST(LeapCheck, FollowsTrialsOfACellBothWays) {
  constexpr InitialDistribution he_normal = {InitialDistribution::Family::normal, 1.4142135623730951};
  CellRun cell = {make_problem(1.0, -1.0, 0.1), {he_normal, he_normal}, 1, 0, 1000};
  cell.stepping = auto_stepping;
  LeapCheck check;
  RunControl control;
  check_stepping_of(cell, 1e300, 64, control, check);
  EXPECT_EQ(check.networks, 64U);
  EXPECT_EQ(check.at_t, 4096.0);
  EXPECT_GT(check.largest_difference, 0.0) << "two ways to the same state round apart";
  EXPECT_LT(check.largest_difference, 1e-11);
}

TEST(Sensitivity, TellsChaosFromRounding) {
  constexpr InitialDistribution he_normal = {InitialDistribution::Family::normal, 1.4142135623730951};
  RunControl control;
  // Steps so long that the softmax weights of the two points swing past their balance, farther each time.
  for (const auto& [eta, chaotic] : {std::pair{0.1, false}, {4.0, true}}) {
    const CellRun cell = {
        make_problem(1.5, -0.5, eta, testing::method_of("ngd", "exp")), {he_normal, he_normal}, 1, 0, 1000};
    LeapCheck check;
    check_stepping_of(cell, 1e6, 64, control, check);
    EXPECT_EQ(check.networks, 0U);
    const Sensitivity& sensitivity = check.sensitivity;
    EXPECT_EQ(sensitivity.networks, 64U);
    EXPECT_EQ(sensitivity.at_t, 4096.0);
    EXPECT_EQ(sensitivity.chaotic > 2, chaotic) << sensitivity.chaotic;
    EXPECT_EQ(sensitivity.largest_change > Sensitivity::most_growth, chaotic) << sensitivity.largest_change;
  }
}

}  // namespace
}  // namespace logmargin::leap_check_test
