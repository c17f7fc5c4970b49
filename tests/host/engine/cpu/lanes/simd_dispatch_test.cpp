#include "host/engine/cpu/lanes/simd_dispatch.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <ostream>

#include "tests/support/network_columns.hpp"
#include "tests/support/plain_descent.hpp"
#include "tests/support/random_source.hpp"
#include "tests/support/reference_table.hpp"

namespace logmargin::lane_kernels_test {

/// The name of a test's instance.
void PrintTo(const SimdDispatchTable& kernels, std::ostream* out) { *out << kernels.name; }

namespace {

using testing::NetworkColumns;
using testing::RandomSource;
using testing::ReferenceState;

class LaneKernelsTest : public ::testing::TestWithParam<SimdDispatchTable> {};

/// States of training, with zeros of either sign, numbers that are none, and sizes that overflow.
std::vector<Network<double>> assorted_networks(RandomSource& random, std::size_t count) {
  const auto value = [&] {
    switch (random.below(16)) {
      case 0:
        return random.sign() * 0.0;
      case 1:
        return random.sign() * random.log_uniform(-1074.0, 0.0);
      case 2:
        return random.sign() * random.log_uniform(0.0, 12.0);
      case 3:
        return random.below(8) != 0 ? random.uniform(700.0, 760.0)
                                    : random.sign() * std::numeric_limits<double>::infinity();
      case 4:
        return random.below(8) != 0 ? random.normal() : std::numeric_limits<double>::quiet_NaN();
      default:
        return 2.0 * random.normal();
    }
  };
  std::vector<Network<double>> networks;
  for (std::size_t i = 0; i < count; ++i) networks.push_back({value(), value(), value(), value()});
  return networks;
}

void expect_same(const Network<double>& computed, const Network<double>& expected, std::size_t i) {
  ASSERT_TRUE(testing::same_bits(computed.z11, expected.z11)) << i;
  ASSERT_TRUE(testing::same_bits(computed.z12, expected.z12)) << i;
  ASSERT_TRUE(testing::same_bits(computed.z21, expected.z21)) << i;
  ASSERT_TRUE(testing::same_bits(computed.z22, expected.z22)) << i;
}

/// Networks from late t on are as training has them, beside some that are not: neighbours step by rises, or not, or
/// stop firing, each in its own way.
std::vector<Network<double>> networks_at(RandomSource& random, std::size_t count, const Problem& problem,
                                         std::int64_t t) {
  std::vector<Network<double>> networks = assorted_networks(random, count);
  for (Network<double>& network : networks) {
    // No state has a -0.
    network = narrow<double>(network);
    if (t == 0 || random.below(10) == 0) continue;
    const double climbed = std::log1p(problem.rate_positive * static_cast<double>(t));
    const auto wrong = [&] {
      if (random.below(8) == 0) return random.uniform(0.0, 64.0) / static_cast<double>(t);
      return random.below(4) == 0 ? random.uniform(0.0, 3.0) : -random.uniform(0.0, 2.0);
    };
    network = {climbed + random.uniform(0.0, 3.0), wrong(), wrong(), climbed + random.uniform(0.0, 3.0)};
  }
  return networks;
}

TEST_P(LaneKernelsTest, StepsHaveTheBitsOfTheirDefinition) {
  RandomSource random(20260385);
  for (const std::size_t count : {std::size_t{32}, std::size_t{96}, std::size_t{512}}) {
    for (const auto& [x1, x2] : {std::pair{1.0, -1.0}, {2.0, -0.5}, {2.0, -2.0}, {1.5, 0.5}}) {
      for (const std::int64_t from : {0, 64, 2016, 65504, 1'000'000}) {
        const Problem problem = make_problem(x1, x2, random.log_uniform(-6.0, 1.0));
        const std::vector<Network<double>> networks = networks_at(random, count, problem, from);
        NetworkColumns columns(networks, from);
        // Rounds are left and taken up again.
        for (const int steps : {0, 1, 36, 5, 64}) {
          if (problem.has_orthogonal_points()) {
            columns.advance_points(GetParam(), problem, steps);
          } else {
            columns.advance_networks(GetParam(), problem, steps);
          }
        }
        for (std::size_t i = 0; i < count; ++i) {
          testing::PlainDescent<double> plain(problem, networks[i], from);
          plain.step_to(from + 106);
          expect_same(columns.network(i), plain.network(), i);
        }
      }
    }
  }
}

/// What a network comes to does not depend on its neighbours, nor on where it stands among them.
TEST_P(LaneKernelsTest, NeighboursChangeNothing) {
  RandomSource random(20261204);
  constexpr std::size_t count = 256;
  for (const Problem& problem : {make_problem(1.0, -1.0, 0.1), make_problem(1.5, -1.5, 0.1)}) {
    std::vector<Network<double>> networks = networks_at(random, count, problem, 2016);
    std::vector<std::size_t> order(count);
    for (std::size_t i = 0; i < count; ++i) order[i] = i;
    for (std::size_t i = count - 1; i > 0; --i) std::swap(order[i], order[random.below(i + 1)]);
    std::vector<Network<double>> shuffled;
    for (const std::size_t i : order) shuffled.push_back(networks[i]);
    NetworkColumns in_order(networks, 2016);
    NetworkColumns out_of_order(shuffled, 2016);
    for (NetworkColumns* columns : {&in_order, &out_of_order}) {
      if (problem.has_orthogonal_points()) {
        columns->advance_points(GetParam(), problem, 333);
      } else {
        columns->advance_networks(GetParam(), problem, 333);
      }
    }
    for (std::size_t i = 0; i < count; ++i) expect_same(out_of_order.network(i), in_order.network(order[i]), i);
  }
}

TEST_P(LaneKernelsTest, StepsShowEveryBitOfTheExponential) {
  // With a coefficient this large the new pre-activation is the exponential itself, scaled.
  RandomSource random(20260386);
  constexpr std::size_t count = 65'536;
  AlignedColumns columns(3, count);
  double* const correct = columns.view().column(0);
  double* const wrong = columns.view().column(1);
  std::vector<double> start(count);
  for (std::size_t i = 0; i < count; ++i) start[i] = correct[i] = random.uniform(1e-3, 720.0);
  constexpr double rate = 0x1p1000;
  GetParam().descent.points(rate, 0, 1, {correct, wrong, columns.column(2)}, count);
  for (std::size_t i = 0; i < count; ++i) {
    ASSERT_TRUE(testing::same_bits(correct[i], std::fma(rate, exponential(-start[i]), start[i]))) << start[i];
    ASSERT_EQ(wrong[i], 0.0);
  }
}

TEST_P(LaneKernelsTest, ObservationsAndTracksHaveTheBitsOfTheFormula) {
  RandomSource random(20260387);
  constexpr std::size_t count = 2048;
  const std::vector<Network<double>> networks = assorted_networks(random, count);
  const std::array<RecordedTime, 4> times = {{{0.0, 0.0, 0.0, false, false},
                                              {10.0, -1.5, -0.25, true, true, 0.0},
                                              {100.0, 0.5, 0.125, true, false, 0.75},
                                              {1000.0, 1.0, 0.125, true, false, 0.375}}};
  for (const auto& [x1, x2] : {std::pair{1.0, -1.0}, {2.0, -2.0}, {2.0, -1.0}}) {
    const Problem problem = make_problem(x1, x2, 0.1);
    NetworkColumns columns(networks);
    std::vector<Network<double>> state = networks;
    std::vector<Dip<double>> dips(count, no_dip<double>());
    std::vector<FitSums<double>> sums(count);
    std::vector<double> previous_ln_gap(count, std::numeric_limits<double>::quiet_NaN());
    for (const RecordedTime& time : times) {
      columns.advance_networks(GetParam(), problem, 1);
      columns.observe(GetParam(), problem, time);
      for (std::size_t i = 0; i < count; ++i) {
        state[i] = gradient_step<true>(Rates<double>(problem), state[i]);
        Observation<double> seen = observe(problem, state[i]);
        add(dips[i], time, seen);
        const double limit = limiting_gap(problem);
        if (time.in_fit_window) add(sums[i], time, excess_gap(seen, limit));
        const double exponent = local_log_exponent(previous_ln_gap[i], time, seen, limit);
        std::vector<double> expected;
        const auto append = [&](double& value) { expected.push_back(value); };
        for_each_column(state[i], append);
        for (double value : recorded_values(seen, exponent).value) append(value);
        for (double value : {excess_gap(seen, limit), seen.pattern, seen.classified}) append(value);
        for_each_column(dips[i], append);
        for_each_column(sums[i], append);
        const std::vector<double> computed = columns.everything(i);
        ASSERT_EQ(computed.size(), expected.size());
        for (std::size_t c = 0; c < expected.size(); ++c) {
          ASSERT_TRUE(testing::same_bits(computed[c], expected[c])) << "network " << i << ", column " << c;
        }
      }
    }
  }
}

/// Calls check for each row, with the columns brought to its t.
template <class Advance, class Check>
void follow_reference_table(const SimdDispatchTable& kernels, Advance&& advance, Check&& check) {
  std::map<double, std::vector<ReferenceState>> by_step_size;
  for (const ReferenceState& row : testing::reference_states(1e5)) by_step_size[row.step_size].push_back(row);
  for (auto& [step_size, rows] : by_step_size) {
    const Problem problem = make_problem(1.0, -1.0, step_size);
    std::map<int, std::size_t> place;
    std::vector<Network<double>> networks;
    for (const ReferenceState& row : rows) {
      if (place.try_emplace(row.network, networks.size()).second) {
        networks.push_back(network_from_weights(problem, row.theta));
      }
    }
    std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.t < b.t; });
    NetworkColumns columns(networks);
    double reached = 0.0;
    for (const ReferenceState& row : rows) {
      advance(columns, problem, static_cast<std::int64_t>(row.t - reached));
      reached = row.t;
      columns.observe(kernels, problem, {row.t, 0.0, 0.0, false, false});
      check(row, problem, columns, place.at(row.network));
    }
  }
}

TEST_P(LaneKernelsTest, ReproduceTheReferenceTable) {
  const SimdDispatchTable& kernels = GetParam();
  double worst = 0.0;
  int rows = 0;
  const auto check = [&](const ReferenceState& row, const Problem& problem, NetworkColumns& columns, std::size_t i) {
    const Network<double> network = columns.network(i);
    const std::array<std::pair<double, long double>, 6> pairs = {{{network.z11, row.z11},
                                                                  {network.z12, row.z12},
                                                                  {network.z21, row.z21},
                                                                  {network.z22, row.z22},
                                                                  {columns.seen(i).margin, row.margin},
                                                                  {crossing(problem, network), row.crossing}}};
    for (const auto& [computed, expected] : pairs) {
      const auto error = static_cast<double>(std::fabs(computed - expected));
      worst = std::max(worst, error);
      EXPECT_LE(error, testing::reference_tolerance) << "network " << row.network << " at t = " << row.t;
    }
    ++rows;
  };
  follow_reference_table(
      kernels,
      [&](NetworkColumns& columns, const Problem& problem, std::int64_t steps) {
        columns.advance_points(kernels, problem, steps);
      },
      check);
  follow_reference_table(
      kernels,
      [&](NetworkColumns& columns, const Problem& problem, std::int64_t steps) {
        columns.advance_networks(kernels, problem, steps);
      },
      check);
  std::cout << kernels.name << ", " << rows << " rows: worst error " << worst << '\n';
  EXPECT_GT(rows, 2 * 24);
}

INSTANTIATE_TEST_SUITE_P(InstructionSets, LaneKernelsTest, ::testing::ValuesIn(available_simd_dispatch_tables()));

TEST(AvailableLaneKernels, ScalarFirstThenEverWider) {
  const std::vector<SimdDispatchTable> kernels = available_simd_dispatch_tables();
  ASSERT_FALSE(kernels.empty());
  EXPECT_EQ(kernels.front().name, "scalar");
  EXPECT_EQ(kernels.front().lanes, 1);
  for (std::size_t i = 1; i < kernels.size(); ++i) EXPECT_GT(kernels[i].lanes, kernels[i - 1].lanes);
}

}  // namespace
}  // namespace logmargin::lane_kernels_test
