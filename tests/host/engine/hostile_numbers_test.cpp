#include <gtest/gtest.h>

#include <numeric>

#include "host/engine/cpu/batch.hpp"
#include "logmargin/stepping/time_to_gap.hpp"
#include "tests/support/cell_tallies.hpp"
#include "tests/support/hostile_networks.hpp"
#include "tests/support/tally_bits.hpp"

namespace logmargin::hostile_numbers_test {
namespace {

using testing::bits_of;
using testing::CellTallies;
using testing::hostile_networks;
using testing::hostile_problem;
using testing::RandomSource;

/// Steps whose float rates leave the range of float are refused with --precision mixed.
bool mixed_takes(const Problem& problem) {
  return std::max(problem.rate_positive, problem.rate_negative) < std::numeric_limits<float>::max();
}

template <class Number>
CellTallies tallies_of(const SimdDispatchTable& kernels, const Problem& problem, const Stepping& stepping,
                       const Schedule& schedule, const std::vector<double>& thresholds,
                       const std::vector<Network<double>>& initial) {
  BatchScratchOf<Number> scratch(initial.size());
  RunControl control;
  BatchOf<Number> batch(problem, stepping, {initial}, schedule.fits.size());
  CellTallies tallies;
  tallies.checkpoints.resize(schedule.times().size());
  tallies.horizon = HorizonTally(schedule.fits.size(), thresholds.size());
  for (std::size_t r = 0; r < schedule.times().size(); ++r) {
    batch.advance(kernels, schedule, r, scratch, control);
    batch.observe(kernels, schedule, r, scratch);
    batch.tally(scratch, {}, tallies.checkpoints[r]);
  }
  batch.finish(kernels, schedule, thresholds, tallies.horizon);
  return tallies;
}

template <class Counts>
std::uint64_t total(const Counts& counts) {
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

void expect_numbers(const Distribution& distribution, std::uint64_t least, std::uint64_t most, const char* name) {
  const Quantiles quantiles = distribution.quantiles();
  ASSERT_GE(quantiles.count, least) << name;
  ASSERT_LE(quantiles.count, most) << name;
  if (quantiles.count == 0) return;
  double before = quantiles.min;
  for (const double value : quantiles.at_level) {
    ASSERT_TRUE(std::isfinite(value) && value >= before) << name;
    before = value;
  }
  ASSERT_TRUE(std::isfinite(quantiles.max) && quantiles.max >= before) << name;
  ASSERT_TRUE(quantiles.mean >= quantiles.min && quantiles.mean <= quantiles.max) << name;
}

void expect_sound(const CellTallies& tallies, std::uint64_t networks) {
  for (const RecordedTally& seen : tallies.checkpoints) {
    ASSERT_EQ(total(seen.patterns), networks);
    ASSERT_LE(seen.classified, networks);
    // Every classified network has a margin and a gap: none is lost to a NaN.
    expect_numbers(seen.margin, seen.classified, seen.classified, "margin");
    expect_numbers(seen.gap, seen.classified, seen.classified, "gap");
    expect_numbers(seen.log10_loss, 0, networks, "log10 loss");
    expect_numbers(seen.local_log_exponent, 0, seen.classified, "local log exponent");
  }
  const HorizonTally& end = tallies.horizon;
  ASSERT_EQ(total(end.outcome), networks);
  ASSERT_EQ(total(end.dead_points), networks);
  const std::uint64_t converging = end.outcome[static_cast<std::size_t>(Outcome::converging)];
  // All but those whose margin is beyond the range of double.
  expect_numbers(end.dip_margin, 0, converging, "dip");
  expect_numbers(end.dip_log10_t, 0, converging, "log10 t of the dip");
  expect_numbers(end.limiting_constant, 0, converging, "limiting constant");
  for (const FitTally& fit : end.fit) {
    ASSERT_EQ(total(fit.best), converging);
    expect_numbers(fit.inverse_log_constant, 0, converging, "C");
    expect_numbers(fit.constant_ratio, 0, converging, "C / C in theory");
    expect_numbers(fit.inverse_log_r2, 0, converging, "R^2");
    expect_numbers(fit.log_exponent, 0, converging, "p");
    expect_numbers(fit.power_exponent, 0, converging, "q");
  }
  for (const TimeToGapTally& time : end.time_to_gap) {
    ASSERT_LE(time.log10_t.count() + time.never_above, converging);
    expect_numbers(time.log10_t, 0, converging - time.never_above, "log10 t_eps");
  }
}

Schedule listed(double horizon, std::vector<double> times) {
  return make_schedule(horizon, {RecordRule::Kind::list, 0, std::move(times)});
}

TEST(HostileNumbers, AMillionNetworksEachEndInOneOutcomeAndNoNaNIsCounted) {
  RandomSource random(20260701);
  const std::vector<SimdDispatchTable> kernels = available_simd_dispatch_tables();
  const Schedule one_step = listed(1.0, {});
  const Schedule steps = listed(140.0, {1.0, 3.0, 16.0, 77.0});
  constexpr std::size_t networks = 500;
  for (int cell = 0; cell < 2000; ++cell) {
    const Problem problem = hostile_problem(random);
    const std::vector<Network<double>> initial = hostile_networks(random, problem, networks);
    const SimdDispatchTable& used = kernels[static_cast<std::size_t>(cell) % kernels.size()];
    const Schedule& schedule = cell % 4 == 0 ? steps : one_step;
    SCOPED_TRACE("cell " + std::to_string(cell));
    if (cell % 3 == 0 && mixed_takes(problem)) {
      expect_sound(tallies_of<Pair<float>>(used, problem, lockstep_stepping, schedule, {}, initial), networks);
    } else {
      const Stepping stepping = cell % 3 == 1 ? leap_stepping : lockstep_stepping;
      expect_sound(tallies_of<double>(used, problem, stepping, schedule, {}, initial), networks);
    }
    if (HasFatalFailure()) return;
  }
}

TEST(HostileNumbers, LeapsToTheFarthestHorizonEndSoundly) {
  RandomSource random(20260702);
  const SimdDispatchTable kernels = available_simd_dispatch_tables().back();
  const std::vector<double> thresholds = {1e-300, 1e-2, 1e300};
  int decoupled = 0;
  while (decoupled < 60) {
    const Problem problem = hostile_problem(random);
    if (!problem.has_orthogonal_points()) continue;
    const std::vector<Network<double>> initial = hostile_networks(random, problem, 100);
    const Schedule schedule = listed(1e300, {1.0, 1e3, 1e15, 1e100});
    const Stepping stepping = decoupled++ % 10 == 0 ? auto_stepping : leap_stepping;
    expect_sound(tallies_of<double>(kernels, problem, stepping, schedule, thresholds, initial), 100);
    if (HasFatalFailure()) return;
  }
}

TEST(HostileNumbers, EveryInstructionSetGivesTheSameBits) {
  RandomSource random(20260703);
  const std::vector<SimdDispatchTable> kernels = available_simd_dispatch_tables();
  const Schedule schedule = listed(150.0, {1.0, 2.0, 20.0, 77.0});
  for (int cell = 0; cell < 60; ++cell) {
    const Problem problem = hostile_problem(random);
    const std::vector<Network<double>> initial = hostile_networks(random, problem, 200);
    const Stepping stepping = cell % 2 == 0 ? lockstep_stepping : leap_stepping;
    const auto bits = [&](const SimdDispatchTable& of) {
      return testing::bits_of_run(tallies_of<double>(of, problem, stepping, schedule, {0.1}, initial));
    };
    const auto mixed_bits = [&](const SimdDispatchTable& of) {
      return testing::bits_of_run(tallies_of<Pair<float>>(of, problem, lockstep_stepping, schedule, {0.1}, initial));
    };
    for (std::size_t k = 1; k < kernels.size(); ++k) {
      ASSERT_EQ(bits(kernels[k]), bits(kernels[0])) << kernels[k].name << ", cell " << cell;
      if (!mixed_takes(problem)) continue;
      ASSERT_EQ(mixed_bits(kernels[k]), mixed_bits(kernels[0])) << kernels[k].name << ", mixed, cell " << cell;
    }
  }
}

double coupling_ratio(const Problem& problem) {
  return std::abs(problem.rate_coupling) / std::min(problem.rate_positive, problem.rate_negative);
}

constexpr double largest_log_rate = 745.0;

/// Whether it is infinite or NaN; else the same to rounding.
void expect_agreement(const Problem& problem, const Network<double>& leapt, const Network<double>& stepped, double t) {
  const auto finite = [](const Network<double>& z) {
    return std::isfinite(z.z11) && std::isfinite(z.z12) && std::isfinite(z.z21) && std::isfinite(z.z22);
  };
  ASSERT_EQ(finite(leapt), finite(stepped));
  if (!finite(stepped)) return;
  const double size =
      std::max({1.0, std::abs(stepped.z11), std::abs(stepped.z12), std::abs(stepped.z21), std::abs(stepped.z22)});
  // What a leaping point's rise moves in the other one is as exact as the rise, a difference of its pre-activations.
  const double risen = std::max({stepped.z11, stepped.z12, stepped.z21, stepped.z22, largest_log_rate});
  const double tolerance = 1e-11 + (t + 4.0) * ((size + coupling_ratio(problem) * risen) * 0x1p-52);
  ASSERT_NEAR(leapt.z11, stepped.z11, tolerance);
  ASSERT_NEAR(leapt.z12, stepped.z12, tolerance);
  ASSERT_NEAR(leapt.z21, stepped.z21, tolerance);
  ASSERT_NEAR(leapt.z22, stepped.z22, tolerance);
}

/// Coupled points of which one is so large that lockstep rounds most of its steps off, while another may still follow
/// them: only there do leaps, which round once, go another way.
bool loses_steps(const Problem& problem, const Network<double>& z) {
  return !problem.has_orthogonal_points() && std::max({z.z11, z.z12, z.z21, z.z22}) > 0x1p40;
}

TEST(HostileNumbers, LeapsAgreeWithLockstep) {
  RandomSource random(20260704);
  const SimdDispatchTable kernels = available_simd_dispatch_tables().back();
  for (int cell = 0; cell < 300; ++cell) {
    const Problem problem = hostile_problem(random);
    // A follower that moves by a million times what it follows shows the rounding of that, and may fire by it.
    if (coupling_ratio(problem) > 0x1p20) continue;
    const std::vector<Network<double>> initial = hostile_networks(random, problem, 100);
    Trajectories leaping(problem, leap_stepping, initial);
    Trajectories stepped(problem, lockstep_stepping, initial);
    BatchScratch scratch(100);
    RunControl control;
    for (const double t : {1.0, 500.0}) {
      leaping.advance(kernels, t, scratch, control);
      stepped.advance(kernels, t, scratch, control);
      for (std::size_t i = 0; i < initial.size(); ++i) {
        if (loses_steps(problem, initial[i]) || loses_steps(problem, stepped.network(i))) continue;
        expect_agreement(problem, leaping.network(i), stepped.network(i), t);
        if (!HasFatalFailure()) continue;
        const Network<double>& z = initial[i];
        FAIL() << "t " << t << " cell " << cell << " rates " << problem.rate_positive << " " << problem.rate_negative
               << " " << problem.rate_coupling << " from " << z.z11 << " " << z.z12 << " " << z.z21 << " " << z.z22;
      }
    }
  }
}

template <class Number>
void expect_rest_to_last() {
  RandomSource random(20260705);
  const SimdDispatchTable kernels = available_simd_dispatch_tables().back();
  std::size_t resting = 0;
  for (int cell = 0; cell < 200; ++cell) {
    const Problem problem = hostile_problem(random);
    if (std::is_same_v<Number, Pair<float>> && !mixed_takes(problem)) continue;
    std::vector<Network<double>> at_rest;
    for (const Network<double>& z : hostile_networks(random, problem, 100)) {
      const auto kept = narrow<Number>(z);
      const Network<Number> next = gradient_step(problem, kept);
      if (same_numbers(next, kept)) at_rest.push_back(z);
    }
    if (at_rest.empty()) continue;
    resting += at_rest.size();
    TrajectoriesOf<Number> trajectories(problem, lockstep_stepping, at_rest);
    BatchScratchOf<Number> scratch(at_rest.size());
    RunControl control;
    for (const double t : {1.0, 100.0, 1e15}) {
      trajectories.advance(kernels, t, scratch, control);
      for (std::size_t i = 0; i < at_rest.size(); ++i) {
        ASSERT_TRUE(same_numbers(trajectories.network(i), narrow<Number>(at_rest[i]))) << "cell " << cell << ", " << i;
      }
    }
    EXPECT_EQ(control.network_steps.load(), 1e15 * static_cast<double>(at_rest.size()));
  }
  EXPECT_GT(resting, 2000U);
}

TEST(HostileNumbers, WhatIsAtRestStaysSoAndTakesNoTime) {
  expect_rest_to_last<double>();
  expect_rest_to_last<Pair<float>>();
}

}  // namespace
}  // namespace logmargin::hostile_numbers_test
