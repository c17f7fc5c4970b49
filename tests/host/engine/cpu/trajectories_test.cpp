#include "host/engine/cpu/trajectories.hpp"

#include <gtest/gtest.h>

#include "host/error.hpp"
#include "tests/support/fewer_under_sanitizers.hpp"
#include "tests/support/random_source.hpp"

namespace logmargin::trajectories_test {
namespace {

using testing::RandomSource;

/// Networks of every law of the weights and the biases that the program knows, about its scales.
std::vector<Network<double>> random_networks(RandomSource& random, const Problem& problem, std::size_t count) {
  std::vector<Network<double>> networks;
  for (std::size_t i = 0; i < count; ++i) {
    const bool normal = random.below(2) == 0;
    const double scale =
        std::vector<double>{1.4142135623730951, 1.0, 0.816496580927726, 2.4494897427831781}[random.below(4)];
    const double bias_scale = std::vector<double>{0.0, 0.3, scale}[random.below(3)];
    const auto draw = [&](double of) { return of * (normal ? random.normal() : random.uniform(-1.0, 1.0)); };
    networks.push_back(network_from_weights(problem, {draw(scale), draw(bias_scale), draw(scale), draw(bias_scale)}));
  }
  return networks;
}

int pattern_of(const Network<double>& z) {
  return (z.z11 > 0.0 ? 1 : 0) + (z.z12 > 0.0 ? 2 : 0) + (z.z21 > 0.0 ? 4 : 0) + (z.z22 > 0.0 ? 8 : 0);
}

double largest_difference(const Network<double>& a, const Network<double>& b) {
  double largest = 0.0;
  for (const double difference : {a.z11 - b.z11, a.z12 - b.z12, a.z21 - b.z21, a.z22 - b.z22}) {
    largest = std::max(largest, std::abs(difference));
  }
  return largest;
}

double largest_size(const Network<double>& z) {
  return std::max({std::abs(z.z11), std::abs(z.z12), std::abs(z.z21), std::abs(z.z22), 1.0});
}

struct Case {
  double positive, negative;
  double most_eta;
  double horizon;
  std::size_t networks;
};

/// Every step of lockstep rounds by up to half a unit in the last place of the state, so that it is lockstep that
/// drifts: with eta = 10 a point lands near 30 at once. 1e-11 holds where that stays below it.
void expect_leaps_to_agree(const Case& data, const Stepping& stepping, RandomSource& random) {
  const SimdDispatchTable kernels = available_simd_dispatch_tables().back();
  constexpr std::size_t at_once = testing::fewer_under_sanitizers(512);
  const std::size_t networks = testing::fewer_under_sanitizers(data.networks);
  for (std::size_t done = 0; done < networks; done += at_once) {
    const double eta = std::exp(random.uniform(std::log(1e-3), std::log(data.most_eta)));
    const Problem problem = make_problem(data.positive, data.negative, eta);
    const std::vector<Network<double>> initial = random_networks(random, problem, at_once);
    Trajectories leaping(problem, stepping, initial);
    Trajectories stepped(problem, lockstep_stepping, initial);
    BatchScratch scratch(at_once);
    RunControl control;
    for (double t = 10.0; t <= data.horizon; t *= 10.0) {
      leaping.advance(kernels, t, scratch, control);
      stepped.advance(kernels, t, scratch, control);
      for (std::size_t i = 0; i < at_once; ++i) {
        const Network<double> leapt = leaping.network(i);
        const Network<double> expected = stepped.network(i);
        const double drift = t * largest_size(expected) * 0x1p-53;
        ASSERT_LE(largest_difference(leapt, expected), 1e-11 + drift) << "eta " << eta << ", t " << t << ", " << i;
        ASSERT_EQ(pattern_of(leapt), pattern_of(expected)) << "eta " << eta << ", t " << t << ", network " << i;
      }
    }
  }
}

TEST(Trajectories, LeapsAgreeWithLockstepForDecoupledData) {
  RandomSource random(20261120);
  expect_leaps_to_agree({1.0, -1.0, 10.0, 1e4, 20'000}, leap_stepping, random);
  expect_leaps_to_agree({1.0, -1.0, 10.0, 1e4, 20'000}, auto_stepping, random);
  expect_leaps_to_agree({2.0, -0.5, 10.0, 1e4, 4'000}, auto_stepping, random);
  expect_leaps_to_agree({1.0, -1.0, 10.0, 1e5, 2'000}, Stepping{512.0}, random);
}

TEST(Trajectories, LeapsAgreeWithLockstepForCoupledData) {
  RandomSource random(20261121);
  for (const auto& [positive, negative] : {std::pair{2.0, -2.0}, {2.0, -1.0}, {3.0, -0.5}}) {
    for (const Stepping& stepping : {leap_stepping, auto_stepping, Stepping{64.0}}) {
      expect_leaps_to_agree({positive, negative, 2.0, 1e4, 2'000}, stepping, random);
    }
  }
  // Points that lift each other's inactive neurons until they fire again: mostly stepped.
  for (const auto& [positive, negative] : {std::pair{1.5, -0.4}, {2.0, 1.0}}) {
    expect_leaps_to_agree({positive, negative, 2.0, 1e3, 1'000}, leap_stepping, random);
    expect_leaps_to_agree({positive, negative, 2.0, 1e3, 1'000}, Stepping{64.0}, random);
  }
}

TEST(Trajectories, RecordedTimesOnTheWayChangeNoBitOfAnAutomaticRun) {
  RandomSource random(20261122);
  const SimdDispatchTable kernels = available_simd_dispatch_tables().back();
  for (const auto& [positive, negative] : {std::pair{1.0, -1.0}, {2.0, -2.0}}) {
    const Problem problem = make_problem(positive, negative, 0.3);
    const std::vector<Network<double>> initial = random_networks(random, problem, 300);
    Trajectories direct(problem, auto_stepping, initial);
    Trajectories often(problem, auto_stepping, initial);
    BatchScratch scratch(300);
    RunControl control;
    for (const double t : {1.0, 2.0, 3.0, 7.0, 1000.0, 1025.0, 32768.0, 65000.0})
      often.advance(kernels, t, scratch, control);
    direct.advance(kernels, 65000.0, scratch, control);
    for (std::size_t i = 0; i < initial.size(); ++i) {
      ASSERT_EQ(largest_difference(often.network(i), direct.network(i)), 0.0) << i;
    }
  }
}

/// Few steps are taken by every network, many only by those that need them.
TEST(Trajectories, ZerosHaveOneSignHoweverManyStepsAreTakenAtOnce) {
  const SimdDispatchTable kernels = available_simd_dispatch_tables().back();
  for (const auto& [positive, negative] : {std::pair{1.0, -1.0}, {2.0, -2.0}, {0.3, 0.4}}) {
    const Problem problem = make_problem(positive, negative, 0.1);
    const std::vector<Network<double>> initial = {{-0.0, -0.0, -0.0, -0.0}, {-0.0, -1.0, -0.0, -0.0}};
    Trajectories at_once(problem, lockstep_stepping, initial);
    Trajectories one_by_one(problem, lockstep_stepping, initial);
    BatchScratch scratch(initial.size());
    RunControl control;
    at_once.advance(kernels, 40.0, scratch, control);
    for (double t = 1.0; t <= 40.0; t += 1.0) one_by_one.advance(kernels, t, scratch, control);
    for (std::size_t i = 0; i < initial.size(); ++i) {
      const Network<double> a = at_once.network(i), b = one_by_one.network(i);
      EXPECT_TRUE(testing::same_bits(a.z11, b.z11)) << i << ": " << a.z11 << ", " << b.z11;
      EXPECT_TRUE(testing::same_bits(a.z12, b.z12)) << i << ": " << a.z12 << ", " << b.z12;
      EXPECT_TRUE(testing::same_bits(a.z21, b.z21)) << i << ": " << a.z21 << ", " << b.z21;
      EXPECT_TRUE(testing::same_bits(a.z22, b.z22)) << i << ": " << a.z22 << ", " << b.z22;
    }
  }
}

TEST(Trajectories, CountsWhatItComputed) {
  const Problem problem = make_problem(1.0, -1.0, 2.0);
  const SimdDispatchTable kernels = available_simd_dispatch_tables().front();
  BatchScratch scratch(2);
  // One network converges, of the other no neuron fires anywhere.
  const std::vector<Network<double>> initial = {{1.0, -1.0, -1.0, 1.0}, {-1.0, -1.0, -1.0, -1.0}};
  RunControl in_lockstep;
  Trajectories(problem, lockstep_stepping, initial).advance(kernels, 1000.0, scratch, in_lockstep);
  EXPECT_EQ(in_lockstep.network_steps.load(), 2000.0);
  EXPECT_EQ(in_lockstep.steps_computed.load(), 2000.0);
  RunControl leaping;
  Trajectories(problem, auto_stepping, initial).advance(kernels, 1e100, scratch, leaping);
  EXPECT_EQ(leaping.network_steps.load(), 2e100);
  EXPECT_GT(leaping.steps_computed.load(), 0.0);
  EXPECT_LE(leaping.steps_computed.load(), 64.0);
}

TEST(Trajectories, ARareNetworkWithoutAClosedFormIsUnresolvedNotGuessed) {
  if (testing::under_sanitizers) GTEST_SKIP() << "its ten million steps take minutes under sanitizers";
  // Shared at the first point with a margin so large that it hardly moves, specialised at the second, and coupled.
  const Problem problem = make_problem(2.0, -2.0, 0.1);
  const std::vector<Network<double>> initial = {{40.0, -1.0, 30.0, 1.0}, {2.0, -1.0, -0.5, 1.0}};
  Trajectories trajectories(problem, auto_stepping, initial);
  BatchScratch scratch(2);
  RunControl control;
  const SimdDispatchTable kernels = available_simd_dispatch_tables().back();
  trajectories.advance(kernels, 1e6, scratch, control);
  EXPECT_EQ(trajectories.outcome(0), Outcome::transient);
  EXPECT_TRUE(std::isnan(trajectories.unresolved_t(0)));
  for (const double t : {1e100, 1e200}) {
    trajectories.advance(kernels, t, scratch, control);
    EXPECT_EQ(trajectories.outcome(0), Outcome::unresolved);
    EXPECT_GE(trajectories.unresolved_t(0), 1e7);
    EXPECT_LE(trajectories.unresolved_t(0), 1.1e7);
    EXPECT_TRUE(std::isnan(trajectories.network(0).z11)) << "nothing is known of it there";
    EXPECT_EQ(trajectories.outcome(1), Outcome::converging) << "the others go on";
  }
}

TEST(Trajectories, TheBudgetOfStepsDoesNotDependOnTheRecordedTimes) {
  const Problem problem = make_problem(1.0, -0.5, 0.1);
  const std::vector<Network<double>> initial = {{2.0, -0.5, -0.25, 1.0}};
  BatchScratch scratch(1);
  RunControl control;
  const SimdDispatchTable kernels = available_simd_dispatch_tables().back();
  for (const double stride : testing::under_sanitizers ? std::vector{7e4} : std::vector{2e6, 7e4}) {
    Trajectories trajectories(problem, auto_stepping, initial);
    for (double t = stride; t <= 2e6; t += stride) trajectories.advance(kernels, t, scratch, control);
    EXPECT_EQ(trajectories.outcome(0), Outcome::converging) << stride;
  }
}

}  // namespace
}  // namespace logmargin::trajectories_test
