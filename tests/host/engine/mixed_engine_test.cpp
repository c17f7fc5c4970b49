#include <gtest/gtest.h>

#include "host/engine/cpu/cpu_engine.hpp"
#include "logmargin/model/gradient_step.hpp"
#include "tests/support/cell_tallies.hpp"
#include "tests/support/tally_bits.hpp"

namespace logmargin::mixed_engine_test {
namespace {

using testing::bits_of;
using testing::CellTallies;

constexpr InitialDistribution he_normal = {InitialDistribution::Family::normal, 1.4142135623730951};
constexpr InitialDistribution small_bias = {InitialDistribution::Family::uniform, 0.5};

CellTallies run(const CellRun& cell, const Schedule& schedule) {
  return testing::tallies_of(*make_cpu_engine(available_simd_dispatch_tables().back(), 1), cell, schedule);
}

CellRun mixed_cell(double x1, double x2, std::uint64_t trials) {
  return {make_problem(x1, x2, 0.2), {he_normal, small_bias}, 31, 7, trials, Precision::mixed};
}

Schedule short_schedule() { return make_schedule(300.0, {RecordRule::Kind::list, 0.0, {0.0, 1.0, 17.0, 100.0}}); }

TEST(MixedEngine, IsNotDoubleUnderAnotherName) {
  const CellRun mixed = mixed_cell(1.0, -1.0, 200);
  CellRun in_double = mixed;
  in_double.precision = Precision::in_double;
  EXPECT_NE(testing::bits_of_run(run(mixed, short_schedule())), testing::bits_of_run(run(in_double, short_schedule())));
}

TEST(RecordedTimes, DoNotEnterTheStates) {
  // Observation widens pairs; what it rounds off must not come back into the run. Steps go by rises from t = 64 on, of
  // pairs from 2048 on, in rounds of 32 that these t cut. Few steps at a time are taken of all points as they stand,
  // many of those that move, put together.
  for (const auto& [x1, x2] : {std::pair{1.0, -1.0}, {1.5, -1.5}, {1.0, -0.1}}) {
    for (const Precision precision : {Precision::in_double, Precision::mixed}) {
      CellRun cell = mixed_cell(x1, x2, 300);
      cell.precision = precision;
      const RecordedTally once =
          run(cell, make_schedule(2310.0, {RecordRule::Kind::every, 2310.0, {}})).checkpoints.back();
      for (const double every : {3.0, 22.0, 70.0}) {
        const Schedule dense = make_schedule(2310.0, {RecordRule::Kind::every, every, {}});
        const RecordedTally often = run(cell, dense).checkpoints.back();
        EXPECT_EQ(often.patterns, once.patterns) << x1 << ", " << x2 << ", every " << every;
        EXPECT_EQ(bits_of(often.gap), bits_of(once.gap)) << x1 << ", " << x2 << ", every " << every;
        EXPECT_EQ(bits_of(often.log10_loss), bits_of(once.log10_loss)) << x1 << ", " << x2 << ", every " << every;
      }
    }
  }
}

TEST(MixedEngine, FrozenIsTheOutcomeOfTheMixedStep) {
  // Points that start with margins of 31 to 33 take steps of 1e-14: double moves by them, a pair does not.
  const InitialDistribution weights = {InitialDistribution::Family::uniform, 33.0};
  const auto orthogonal = [&](Precision precision) {
    const CellRun cell = {
        make_problem(1.0, -1.0, 0.2), {weights, {InitialDistribution::Family::uniform, 0.0}}, 5, 0, 20'000, precision};
    return run(cell, make_schedule(1.0, {})).horizon.outcome[static_cast<std::size_t>(Outcome::stagnated)];
  };
  EXPECT_GT(orthogonal(Precision::mixed), orthogonal(Precision::in_double) + 5);
}

}  // namespace
}  // namespace logmargin::mixed_engine_test
