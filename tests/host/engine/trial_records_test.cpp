#include <gtest/gtest.h>

#include "host/engine/batch_runner.hpp"
#include "host/engine/cpu/batch.hpp"
#include "host/engine/cpu/cpu_engine.hpp"
#include "host/error.hpp"
#include "logmargin/initial/initialise.hpp"
#include "logmargin/stepping/time_to_gap.hpp"
#include "tests/support/plain_descent.hpp"
#include "tests/support/record_listing.hpp"
#include "tests/support/same_state.hpp"
#include "tests/support/tally_bits.hpp"

namespace logmargin::trial_records_test {
namespace {

using testing::bits_of;
using testing::same_bits;

constexpr InitialDistribution he_normal = {InitialDistribution::Family::normal, 1.4142135623730951};
constexpr InitialDistribution some_bias = {InitialDistribution::Family::uniform, 0.5};

/// Keeps records, up to a number.
struct Listing final : testing::RecordListing {
  void take(std::span<const double> rows) override {
    RecordListing::take(rows);
    if (records.size() > most) throw FileError("full");
  }
  std::size_t most = 1000000;
};

CellRun cell_of(double x1, double x2, std::uint64_t trials) {
  CellRun cell = {make_problem(x1, x2, 0.3), {he_normal, some_bias}, 20260390, (std::uint64_t{1} << 33) + 5, trials};
  cell.thresholds = {0.1, 0.003};
  return cell;
}

HorizonTally run(CellRun cell, const Schedule& schedule, unsigned threads, TrialSink* sink,
                 const SimdDispatchTable& kernels = available_simd_dispatch_tables().back()) {
  RunControl control;
  cell.trial_sink = sink;
  return make_cpu_engine(kernels, threads)
      ->run(
          cell, schedule, [](std::size_t, const RecordedTally&) {}, control);
}

/// The trial alone, step by step from its draws.
template <class Number>
void expect_own_life(const TrialRecord& record, const CellRun& cell, double horizon) {
  const Weights theta = initial_weights(cell.laws, cell.seed, record.trial);
  EXPECT_EQ(record.theta.w1, theta.w1);
  EXPECT_EQ(record.theta.b1, theta.b1);
  EXPECT_EQ(record.theta.w2, theta.w2);
  EXPECT_EQ(record.theta.b2, theta.b2);
  const Network<double> initial = network_from_weights(cell.problem, theta);
  EXPECT_TRUE(same_bits(record.initial, initial));
  const auto network = testing::plain_steps(cell.problem, narrow<Number>(initial), static_cast<std::int64_t>(horizon));
  EXPECT_TRUE(same_bits(record.last, widen(network)));
  const Observation<double> seen = observe(cell.problem, widen(network));
  if (seen.classified != 0.0) {
    EXPECT_EQ(record.margin, seen.margin);
    EXPECT_EQ(record.gap, seen.gap);
  } else {
    EXPECT_TRUE(std::isnan(record.margin) && std::isnan(record.gap));
  }
  EXPECT_EQ(record.values.horizon.outcome, classify(cell.problem, network));
  if (!record.values.horizon.converging()) return;
  std::vector<double> log10_t(cell.thresholds.size());
  log10_times_to_gap(NetworkOnLine{}, cell.problem, initial, cell.thresholds.data(), log10_t.size(), log10_t.data());
  for (std::size_t i = 0; i < log10_t.size(); ++i) EXPECT_TRUE(same_bits(record.values.log10_t_eps[i], log10_t[i]));
}

TEST(TrialRecords, TellEachTrialsOwnLifeAndAddToTheTally) {
  const Schedule schedule = make_schedule(300, {});
  for (const auto& [x1, x2] : {std::pair{1.0, -1.0}, {2.0, -0.75}}) {
    for (const Precision precision : {Precision::in_double, Precision::mixed}) {
      CellRun cell = cell_of(x1, x2, 1007);
      cell.precision = precision;
      const auto plain = bits_of(run(cell, schedule, 3, nullptr));
      for (const SimdDispatchTable& kernels : available_simd_dispatch_tables()) {
        Listing listing;
        const auto listed = bits_of(run(cell, schedule, 3, &listing, kernels));
        EXPECT_EQ(listed, plain);
        ASSERT_EQ(listing.records.size(), cell.trials);
        HorizonTally sum(schedule.fits.size(), cell.thresholds.size());
        for (std::size_t i = 0; i < listing.records.size(); ++i) {
          const TrialRecord& record = listing.records[i];
          ASSERT_EQ(record.trial, cell.first_trial + i);
          const auto expect = precision == Precision::mixed ? expect_own_life<Pair<float>> : expect_own_life<double>;
          expect(record, cell, schedule.horizon);
          add(sum, record.values);
        }
        EXPECT_EQ(bits_of(sum), plain) << kernels.name;
      }
    }
  }
}

TEST(TrialRecords, AreTheSameOverPasses) {
  const Schedule schedule = make_schedule(1500, {RecordRule::Kind::every, 1, {}});
  const CellRun cell = cell_of(1.0, -1.0, 330);
  const std::size_t kept_bytes = Batch::bytes_per_network(cell.problem);
  ASSERT_TRUE(plan_passes(schedule.times().size(), kept_bytes, cell.trials, 7).keep_batches);
  ASSERT_FALSE(plan_passes(schedule.times().size(), kept_bytes, cell.trials, 1).keep_batches);
  Listing one;
  Listing several;
  run(cell, schedule, 1, &one);
  run(cell, schedule, 7, &several);
  ASSERT_EQ(one.records.size(), several.records.size());
  for (std::size_t i = 0; i < one.records.size(); ++i) {
    ASSERT_EQ(several.records[i].trial, one.records[i].trial);
    ASSERT_TRUE(same_bits(several.records[i].last, one.records[i].last));
    ASSERT_TRUE(same_bits(several.records[i].margin, one.records[i].margin));
    ASSERT_EQ(several.records[i].values.dip.margin, one.records[i].values.dip.margin);
  }
}

/// No thread is left waiting for a batch that never comes.
TEST(TrialRecords, ASinkThatThrowsEndsTheRun) {
  const Schedule schedule = make_schedule(10, {});
  for (const unsigned threads : {1U, 4U}) {
    Listing listing;
    listing.most = 20000;
    EXPECT_THROW(run(cell_of(1.0, -1.0, 100000), schedule, threads, &listing), FileError);
    EXPECT_LT(listing.records.size(), 25000U);
  }
}

}  // namespace
}  // namespace logmargin::trial_records_test
