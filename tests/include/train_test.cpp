#include "logmargin/train.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/plain_descent.hpp"

namespace logmargin::train_test {
namespace {

const InitialDistribution he_normal = {InitialDistribution::Family::normal, std::sqrt(2.0)};

void expect_same_bits(const Network<double>& a, const Network<double>& b) {
  EXPECT_EQ(std::signbit(a.z11), std::signbit(b.z11));
  EXPECT_EQ(a.z11, b.z11);
  EXPECT_EQ(a.z12, b.z12);
  EXPECT_EQ(a.z21, b.z21);
  EXPECT_EQ(a.z22, b.z22);
}

TEST(Train, IsSoManyStepsOfDescent) {
  for (const Problem& problem : {make_problem(1.0, -1.0, 0.1), make_problem(2.0, -1.5, 0.3)}) {
    for (std::uint64_t trial = 0; trial < 200; ++trial) {
      const Weights initial = initial_weights({he_normal, he_normal}, 7, trial);
      for (const std::int64_t steps : {0, 1, 2, 500}) {
        const TrainedNetwork trained = train(problem, initial, steps);
        const Network<double> expected = testing::plain_steps(problem, network_from_weights(problem, initial), steps);
        expect_same_bits(trained.network, expected);
        EXPECT_EQ(trained.outcome, classify(problem, expected));
        const Observation<double> seen = observe(problem, expected);
        const double margin = trained.seen.margin;
        EXPECT_TRUE(seen.classified != 0.0 ? margin == seen.margin : std::isnan(margin));
        EXPECT_EQ(trained.final.w1, weights_of(problem, expected).w1);
        EXPECT_EQ(trained.initial.w1, initial.w1);
        const double limit = limiting_constant(problem, expected);
        EXPECT_TRUE(trained.limiting_constant == limit || (std::isnan(trained.limiting_constant) && std::isnan(limit)));
      }
    }
  }
}

TEST(Train, StopsAtRest) {
  // No neuron fires anywhere: without the stop this would take years.
  const TrainedNetwork trained = train(make_problem(1.0, -1.0, 0.1), {0.0, -1.0, 0.0, -2.0}, 1'000'000'000'000'000);
  EXPECT_EQ(trained.outcome, Outcome::stuck);
  EXPECT_EQ(trained.network.z11, -1.0);
  EXPECT_EQ(trained.final.b2, -2.0);
}

TEST(Train, FollowsAMethodWithoutStepsToThatTime) {
  Method flow;
  while (Optimizers::facts[flow.optimizer].name != "flow") ++flow.optimizer;
  const Problem problem = make_problem(1.0, -1.0, 0.1, flow);
  const TrainedNetwork trained = train(problem, {0.95, 0.55, -0.2, 0.9}, 1'000'000'000'000'000);
  EXPECT_EQ(trained.outcome, Outcome::converging);
  EXPECT_EQ(trained.network.z21, 0.0);
  // ln of (e^2.2 + e^0.8)/2 + kappa t, and ln of e^1.1 + kappa t.
  EXPECT_NEAR(trained.network.z11, std::log(0.5 * (std::exp(2.2) + std::exp(0.8)) + 1e14), 1e-13);
  EXPECT_NEAR(trained.network.z22, std::log(std::exp(1.1) + 1e14), 1e-13);
  EXPECT_NEAR(trained.limiting_constant, 0.2, 1e-15);
}

TEST(NameOf, EachOutcome) {
  EXPECT_EQ(name_of(Outcome::converging), "converging");
  EXPECT_EQ(name_of(Outcome::stuck), "stuck");
  EXPECT_EQ(name_of(Outcome::transient), "transient");
  EXPECT_EQ(name_of(Outcome::diverged), "diverged");
  EXPECT_EQ(name_of(Outcome::stagnated), "frozen");
}

}  // namespace
}  // namespace logmargin::train_test
