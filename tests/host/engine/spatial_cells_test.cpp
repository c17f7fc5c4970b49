#include "tests/support/space/spatial_cells.hpp"

#include <gtest/gtest.h>

#include "host/engine/cell_networks.hpp"
#include "host/engine/cpu/cpu_engine.hpp"
#include "logmargin/stepping/time_to_gap.hpp"
#include "tests/support/hostile_networks.hpp"
#include "tests/support/network_columns.hpp"
#include "tests/support/plain_descent.hpp"
#include "tests/support/record_listing.hpp"
#include "tests/support/same_state.hpp"
#include "tests/support/tally_bits.hpp"

namespace logmargin::spatial_cells_test {
namespace {

using testing::bits_of;
using testing::same_bits;

/// All that a run of a cell reports, as integers.
std::vector<std::uint64_t> everything(const CellRun& cell, const Schedule& schedule, const SimdDispatchTable& kernels,
                                      unsigned threads) {
  RunControl control;
  std::vector<std::uint64_t> all;
  const auto append = [&](const std::vector<std::uint64_t>& bits) { all.insert(all.end(), bits.begin(), bits.end()); };
  const HorizonTally horizon =
      make_cpu_engine(kernels, threads)
          ->run(
              cell, schedule, [&](std::size_t, const RecordedTally& tally) { append(bits_of(tally)); }, control);
  append(bits_of(horizon));
  return all;
}

TEST(SpatialCells, TellEachTrialsOwnLife) {
  const Schedule schedule = make_schedule(300, {});
  int converging = 0;
  for (CellRun cell : testing::spatial_cells()) {
    for (const Precision precision : {Precision::in_double, Precision::mixed}) {
      cell.precision = precision;
      testing::RecordListing listing;
      cell.trial_sink = &listing;
      everything(cell, schedule, available_simd_dispatch_tables().back(), 2);
      ASSERT_EQ(listing.records.size(), cell.trials);
      if (precision == Precision::mixed) continue;
      for (const TrialRecord& record : listing.records) {
        const SpatialStart start = trial_start(cell, record.trial);
        EXPECT_EQ(record.theta.w1, start.on_line.w1);
        EXPECT_EQ(record.theta.b2, start.on_line.b2);
        Network<double> network = network_from_weights(cell.problem, start.on_line);
        EXPECT_TRUE(same_bits(record.initial, network));
        network = testing::plain_steps(cell.problem, network, 300);
        EXPECT_TRUE(same_bits(record.last, network));
        const Observation<double> seen = observe(cell.problem, network, start.orthogonal);
        if (seen.classified != 0.0) {
          EXPECT_EQ(record.margin, seen.margin);
          EXPECT_EQ(record.gap, seen.gap);
        }
        if (!record.values.horizon.converging()) continue;
        ++converging;
        double log10_t[2];
        log10_times_to_gap(NetworkInRd{start.orthogonal}, cell.problem, record.initial, cell.thresholds.data(), 2,
                           log10_t);
        for (std::size_t i = 0; i < 2; ++i) EXPECT_TRUE(same_bits(record.values.log10_t_eps[i], log10_t[i]));
      }
    }
  }
  EXPECT_GT(converging, 80);
}

TEST(SpatialCells, LanesObserveAsOneNetworkAlone) {
  testing::RandomSource random(20261203);
  for (int round = 0; round < 100; ++round) {
    Problem problem = testing::hostile_problem(random);
    problem.multi_dimensional = true;
    if (round % 2 == 0) problem.offset = random.log_uniform(-20.0, 20.0);
    constexpr std::size_t count = 64;
    const std::vector<Network<double>> networks = testing::hostile_networks(random, problem, count);
    AlignedColumns state(network_columns, count), orthogonal(orthogonal_columns, count), dips(dip_columns, count),
        previous(1, count), seen(observation_columns, count);
    const ObservationView view = observation_view(seen);
    for (std::size_t i = 0; i < count; ++i) {
      put_record(networks[i], state.view(), i);
      OrthogonalComponent<double> part;
      for_each_column(part, [&](double& value) { value = testing::hostile_number(random); });
      put_record(part, orthogonal.view(), i);
    }
    for (const SimdDispatchTable& kernels : available_simd_dispatch_tables()) {
      kernels.observe_in_space(problem, state.view(), orthogonal.view(), count, {1.0, 0.0, 0.0, false, false},
                               dips.view(), previous.column(0), view);
      for (std::size_t i = 0; i < count; ++i) {
        const Observation<double> alone =
            observe(problem, networks[i], record_at<OrthogonalComponent<double>>(orthogonal.view(), i));
        ASSERT_TRUE(same_bits(view.quantity[RecordedQuantities::margin][i], alone.margin)) << kernels.name;
        ASSERT_TRUE(same_bits(view.quantity[RecordedQuantities::gap][i], alone.gap)) << kernels.name;
        ASSERT_EQ(view.pattern[i], alone.pattern) << kernels.name;
        ASSERT_EQ(view.classified[i], alone.classified) << kernels.name;
      }
    }
  }
}

TEST(SpatialCells, AQuarterConvergesInAnyDimension) {
  std::cout << "seed 20261202\n";
  const Schedule schedule = make_schedule(300, {});
  for (const std::int64_t dim : {2, 30, 1'000'000}) {
    for (const auto shape : {InitialDistribution::Family::normal, InitialDistribution::Family::uniform}) {
      CellRun cell = testing::spatial_cell("+1,-1", dim, shape, 2000);
      cell.laws.weight.scale = 1.0;  // at the scale of He's law few of a million dimensions have settled by then
      cell.laws.bias.scale = 0.0;
      RunControl control;
      const HorizonTally horizon = make_cpu_engine(available_simd_dispatch_tables().back(), 2)
                                       ->run(
                                           cell, schedule, [](std::size_t, const RecordedTally&) {}, control);
      // Five standard deviations of a binomial law.
      EXPECT_NEAR(static_cast<double>(horizon.outcome[static_cast<int>(Outcome::converging)]), 500.0,
                  5.0 * std::sqrt(2000.0 * 3.0 / 16.0))
          << dim;
    }
  }
}

}  // namespace
}  // namespace logmargin::spatial_cells_test
