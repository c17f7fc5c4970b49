#include "logmargin/measure/outcome.hpp"

#include <gtest/gtest.h>

#include <limits>

#include "logmargin/stepping/method_state.hpp"
#include "tests/support/methods.hpp"

namespace logmargin::outcome_test {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

const Problem default_data = make_problem(1.0, -1.0, 0.1);

TEST(Outcome, ConvergingWhereBothPointsAreSpecialised) {
  EXPECT_EQ(classify(default_data, {2.0, -1.0, -0.5, 3.0}), Outcome::converging);
  EXPECT_EQ(classify(default_data, {2.0, 0.0, -0.0, 3.0}), Outcome::converging);
  EXPECT_EQ(classify(make_problem(2.0, -2.0, 0.1), {2.0, -1.0, -0.5, 3.0}), Outcome::converging);
}

TEST(Outcome, StuckWhereAPointIsDead) {
  EXPECT_EQ(classify(default_data, {-1.0, -1.0, -0.5, 3.0}), Outcome::stuck);
  EXPECT_EQ(classify(default_data, {2.0, -1.0, -0.5, 0.0}), Outcome::stuck);
  EXPECT_EQ(classify(default_data, {0.0, 0.0, 0.0, 0.0}), Outcome::stuck);
  EXPECT_EQ(dead_points({2.0, -1.0, -0.5, 3.0}), 0);
  EXPECT_EQ(dead_points({-1.0, -1.0, 0.5, 3.0}), 0);
  EXPECT_EQ(dead_points({-1.0, -1.0, -0.5, 3.0}), 1);
  EXPECT_EQ(dead_points({2.0, -1.0, -0.5, -3.0}), 1);
  EXPECT_EQ(dead_points({2.0, 1.0, -0.5, -3.0}), 0);
  EXPECT_EQ(dead_points({-2.0, -1.0, -0.5, -3.0}), 2);
}

TEST(Outcome, TransientWhileAPointIsSharedOrReversed) {
  EXPECT_EQ(classify(default_data, {2.0, -1.0, 0.5, 3.0}), Outcome::transient);
  EXPECT_EQ(classify(default_data, {2.0, 1.0, -0.5, 3.0}), Outcome::transient);
  EXPECT_EQ(classify(default_data, {-2.0, -1.0, 0.5, 3.0}), Outcome::transient);
}

TEST(Outcome, DivergedForAnyNumberThatIsNotFinite) {
  for (const double bad : {infinity, -infinity, not_a_number}) {
    EXPECT_EQ(classify(default_data, {bad, -1.0, -1.0, 2.0}), Outcome::diverged);
    EXPECT_EQ(classify(default_data, {2.0, bad, -1.0, 2.0}), Outcome::diverged);
    EXPECT_EQ(classify(default_data, {2.0, -1.0, bad, 2.0}), Outcome::diverged);
    EXPECT_EQ(classify(default_data, {2.0, -1.0, -1.0, bad}), Outcome::diverged);
    EXPECT_EQ(classify(default_data, {-2.0, -1.0, -1.0, bad}), Outcome::diverged);
  }
}

TEST(Outcome, FrozenWhereAnUpdateIsTooSmallToBeStored) {
  // 0.1 e^-60 is 9e-28, an ulp of 60 is 7e-15.
  EXPECT_EQ(classify(default_data, {60.0, -1.0, -1.0, 60.0}), Outcome::stagnated);
  EXPECT_EQ(classify(default_data, {60.0, -1.0, -1.0, 2.0}), Outcome::stagnated);
  EXPECT_EQ(classify(default_data, {2.0, -1.0, -1.0, 60.0}), Outcome::stagnated);
  EXPECT_EQ(classify(default_data, {60.0, -1.0, 1.0, 2.0}), Outcome::stagnated);
  // 0.1 e^-25 is 1.4e-12: still moving.
  EXPECT_EQ(classify(default_data, {25.0, -1.0, -1.0, 25.0}), Outcome::converging);
  // A dead point is stuck for ever, however the other one stands.
  EXPECT_EQ(classify(default_data, {60.0, -1.0, -1.0, -2.0}), Outcome::stuck);
}

TEST(Outcome, DormantWhereTheOtherPointMayWakeADeadOne) {
  // Neuron 2 fires at point 1 and falls there; as it does, it rises at point 2, where none fires.
  const Problem coupled = make_problem(2.0, -1.0, 0.1);
  const double share = -coupled.rate_coupling / coupled.rate_positive;
  const Network<double> wakes = {0.5, -1.0, 2.0, -share * 1.9};
  EXPECT_EQ(classify(coupled, wakes), Outcome::dormant);
  EXPECT_EQ(classify(coupled, {0.5, -1.0, 2.0, -share * 2.5}), Outcome::stuck);
  // Nothing rises beside a specialised point, nor where both points are dead.
  EXPECT_EQ(classify(coupled, {0.5, -1.0, -0.1, -0.01}), Outcome::stuck);
  EXPECT_EQ(classify(coupled, {-0.5, -1.0, -0.1, -0.01}), Outcome::stuck);
  EXPECT_EQ(classify(default_data, wakes), Outcome::stuck) << "points that do not feel each other";
  // Stuck and dormant are what gradient descent makes of them.
  const auto fires_again = [&](Network<double> network) {
    for (int t = 0; t < 100'000 && dead_points(network) > 0; ++t) network = gradient_step(coupled, network);
    return dead_points(network) == 0;
  };
  EXPECT_TRUE(fires_again(wakes));
  EXPECT_FALSE(fires_again({0.5, -1.0, 2.0, -share * 2.5}));
}

TEST(Outcome, PointsThatLiftEachOtherWakeADeadOneWhereTheRightNeuronFires) {
  const Problem same_side = make_problem(2.0, 1.0, 0.1);
  EXPECT_EQ(classify(same_side, {1.0, -3.0, -1.0, -2.0}), Outcome::dormant);
  EXPECT_EQ(classify(same_side, {-1.0, -3.0, 1.0, -2.0}), Outcome::stuck);
}

TEST(Outcome, PointsThatLiftEachOtherConvergeWhereBothAreClassifiedForGood) {
  const Problem same_side = make_problem(2.0, 1.0, 0.1);
  // Whether or not the lifted neurons fire just now.
  EXPECT_EQ(classify(same_side, {3.0, 0.01, -0.2, 3.0}), Outcome::converging);
  EXPECT_EQ(classify(same_side, {3.0, -0.01, 0.7, 3.0}), Outcome::converging);
  // Misclassified, or about to lose its own point as it is pushed down at the other.
  EXPECT_EQ(classify(same_side, {3.0, 3.5, -0.2, 3.0}), Outcome::transient);
  EXPECT_EQ(classify(same_side, {1.0, 2.0, -0.2, 3.0}), Outcome::transient);
}

TEST(Outcome, AVelocityThatLeadsUpMayWakeADeadPoint) {
  Problem coupled = make_problem(2.0, -1.0, 0.1, testing::method_of("heavy-ball=0.9", "exp"));
  MethodState state = start_of(coupled, {0.5, -1.0, -0.1, -0.01});
  EXPECT_EQ(classify(coupled, 10.0, state), Outcome::stuck);
  state.memory[3] = 0.005;
  EXPECT_EQ(classify(coupled, 10.0, state), Outcome::dormant);
  state.memory[3] = -0.005;
  EXPECT_EQ(classify(coupled, 10.0, state), Outcome::stuck);
}

}  // namespace
}  // namespace logmargin::outcome_test
