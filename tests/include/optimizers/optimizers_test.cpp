#include "logmargin/optimizers/optimizers.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iostream>
#include <map>

#include "logmargin/model/observation.hpp"
#include "tests/support/decaying_descent.hpp"
#include "tests/support/method_table.hpp"
#include "tests/support/methods.hpp"
#include "tests/support/random_source.hpp"

namespace logmargin::optimizers_test {
namespace {

using testing::MethodRow;
using testing::RandomSource;

/// Rounding errors of each step, which momentum sums up and rescaling multiplies with the state: relative to the
/// largest pre-activation, beyond 1.
constexpr double tolerance_of_methods = 2e-12;

TEST(Optimizers, FollowTheReference) {
  std::map<std::string, double> worst;
  MethodState state{};
  double t = 0.0;
  for (const MethodRow& row : testing::method_rows()) {
    const Problem problem = make_problem(row.x1, row.x2, row.step_size, testing::method_of(row.optimizer, row.loss));
    if (row.t == 0.0) {
      state = start_of(problem, network_from_weights(problem, row.theta));
      t = 0.0;
    }
    advance_state(problem, t, static_cast<std::int64_t>(row.t - t), state);
    t = row.t;
    const Network<double>& z = state.network;
    const double size = std::max({1.0, std::abs(z.z11), std::abs(z.z12), std::abs(z.z21), std::abs(z.z22)});
    const Observation<double> seen = observe(problem, z);
    const double error =
        static_cast<double>(std::max({std::abs(z.z11 - row.z11), std::abs(z.z12 - row.z12), std::abs(z.z21 - row.z21),
                                      std::abs(z.z22 - row.z22), std::abs(seen.log10_loss - row.log10_loss)})) /
        size;
    worst[row.optimizer + " " + row.loss] = std::max(worst[row.optimizer + " " + row.loss], error);
    EXPECT_LE(error, tolerance_of_methods) << row.start << ", " << row.optimizer << ", " << row.loss << ", t " << t;
  }
  EXPECT_EQ(worst.size(), 13U);
  for (const auto& [method, error] : worst) std::cout << method << ": worst error " << error << '\n';
}

TEST(Optimizers, AreFoundByTheirPlaceInTheRegistry) {
  for (int place = 0; place < Optimizers::count; ++place) {
    if (!Optimizers::facts[place].takes_steps) continue;
    std::string_view name;
    visit_method({place, 0.5, Loss::logistic}, [&](auto optimizer, auto loss) {
      name = decltype(optimizer)::facts.name;
      EXPECT_TRUE((std::is_same_v<decltype(loss), LogisticLoss>));
    });
    EXPECT_EQ(name, Optimizers::facts[place].name);
    EXPECT_EQ(facts_of({place, 0.5, Loss::exponential}).name, name);
  }
  EXPECT_TRUE(Method{}.is_gd_exponential());
  EXPECT_FALSE((Method{0, 0.0, Loss::logistic}.is_gd_exponential()));
  EXPECT_FALSE((Method{1, 0.0, Loss::exponential}.is_gd_exponential()));
}

TEST(Optimizers, GradientDescentIsThePlainStep) {
  RandomSource random(20261125);
  for (int i = 0; i < 2000; ++i) {
    const Problem problem = make_problem(random.normal(), -2.0 + random.normal(), 0.3);
    const Network<double> initial = {random.normal(), random.normal(), random.normal(), random.normal()};
    MethodState state = start_of(problem, initial);
    advance_state(problem, 0.0, 3, state);
    Network<double> network = initial;
    for (int step = 0; step < 3; ++step) network = gradient_step(problem, network);
    EXPECT_EQ(state.network.z11, network.z11);
    EXPECT_EQ(state.network.z12, network.z12);
    EXPECT_EQ(state.network.z21, network.z21);
    EXPECT_EQ(state.network.z22, network.z22);
  }
}

TEST(Optimizers, HeavyBallWithoutMomentumIsGradientDescent) {
  RandomSource random(20261126);
  for (const std::string loss : {"exp", "logistic"}) {
    const Problem descent = make_problem(1.0, -1.0, 0.3, testing::method_of("gd", loss));
    const Problem ball = make_problem(1.0, -1.0, 0.3, testing::method_of("heavy-ball=0", loss));
    for (int i = 0; i < 500; ++i) {
      const Network<double> initial = {random.normal(), random.normal(), random.normal(), random.normal()};
      MethodState expected = start_of(descent, initial);
      MethodState computed = start_of(ball, initial);
      advance_state(descent, 0.0, 50, expected);
      advance_state(ball, 0.0, 50, computed);
      // The velocity is rounded before it is added.
      EXPECT_NEAR(computed.network.z11, expected.network.z11, 1e-14);
      EXPECT_NEAR(computed.network.z22, expected.network.z22, 1e-14);
      EXPECT_NEAR(computed.network.z12, expected.network.z12, 1e-14);
    }
  }
}

/// A step in parts is a step: momentum knows where it stands.
TEST(Optimizers, MayStopAndGoOnAnywhere) {
  RandomSource random(20261127);
  for (const Method& method : testing::stepped_methods()) {
    const Problem problem = make_problem(1.5, -0.5, 0.2, method);
    const Network<double> initial = {1.0, -0.2, random.normal(), 0.9};
    MethodState whole = start_of(problem, initial);
    advance_state(problem, 0.0, 37, whole);
    MethodState parts = start_of(problem, initial);
    double t = 0.0;
    for (const std::int64_t steps : {1, 0, 5, 12, 19}) {
      advance_state(problem, t, steps, parts);
      t += static_cast<double>(steps);
    }
    EXPECT_EQ(parts.network.z11, whole.network.z11) << facts_of(method).name;
    EXPECT_EQ(parts.network.z21, whole.network.z21) << facts_of(method).name;
    EXPECT_TRUE(std::equal(parts.memory, std::end(parts.memory), whole.memory)) << facts_of(method).name;
  }
}

/// What a step leaves at rest: the dead, for ever, under every method but rescaling, which scales them too.
TEST(Optimizers, LeaveTheDeadAtRest) {
  for (const Method& method : testing::stepped_methods()) {
    if (facts_of(method).may_rest) continue;
    const Problem problem = make_problem(1.0, -1.0, 0.1, method);
    MethodState state = start_of(problem, {-0.5, -1.0, -0.25, -3.0});
    advance_state(problem, 0.0, 1000, state);
    EXPECT_EQ(state.network.z11, -0.5);
    EXPECT_EQ(state.network.z12, -1.0);
    EXPECT_EQ(state.network.z21, -0.25);
    EXPECT_EQ(state.network.z22, -3.0);
    EXPECT_EQ(classify(problem, 1000.0, state), Outcome::stuck);
  }
}

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// CONTRIBUTING's example of another optimiser: a file of its own and a place in a list.
TEST(Optimizers, TakeOneMore) {
  using More = OptimizerList<GradientDescent, DecayingDescent>;
  EXPECT_EQ(More::facts[1].name, "decaying");
  const Problem problem = make_problem(1.0, -1.0, 0.3);
  const Setting<double> setting(problem);
  Network<double> network = {1.0, -0.5, -0.25, 0.75};
  More::visit(1, [&](auto optimizer) {
    using Optimizer = decltype(optimizer);
    auto memory = Optimizer::start(setting, Start<double>{network, 0.0});
    for (int t = 0; t < 100; ++t) Optimizer::template step<LogisticLoss>(setting, t, network, memory);
  });
  double expected = 1.0;
  for (int t = 0; t < 100; ++t) expected += 0.3 / std::sqrt(t + 1.0) / (1.0 + std::exp(expected));
  EXPECT_NEAR(network.z11, expected, 1e-14);
  const std::string shown = text_of(LOGMARGIN_CONTRIBUTING);
  EXPECT_NE(shown.find(text_of(LOGMARGIN_ADDED_OPTIMIZER).substr(std::string_view("#pragma once\n\n").size())),
            std::string::npos);
}

}  // namespace
}  // namespace logmargin::optimizers_test
