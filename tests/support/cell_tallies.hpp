#pragma once

#include <gtest/gtest.h>

#include <vector>

#include "host/engine/engine.hpp"
#include "tests/support/tally_bits.hpp"

namespace logmargin::testing {

/// What a run reports of a cell.
struct CellTallies {
  std::vector<RecordedTally> checkpoints;
  HorizonTally horizon;
};

/// Runs a cell, and expects every recorded t once, in order, and all steps counted as done.
inline CellTallies tallies_of(Engine& engine, const CellRun& cell, const Schedule& schedule) {
  CellTallies tallies;
  RunControl control;
  const auto keep = [&](std::size_t index, const RecordedTally& tally) {
    EXPECT_EQ(index, tallies.checkpoints.size());
    tallies.checkpoints.push_back(tally);
  };
  tallies.horizon = engine.run(cell, schedule, keep, control);
  EXPECT_EQ(tallies.checkpoints.size(), schedule.times().size());
  // Added in any order, of which some thousand roundings remain; whole numbers below 2^53 are exact.
  const double steps = static_cast<double>(cell.trials) * schedule.horizon;
  EXPECT_NEAR(control.network_steps.load(), steps, steps > 0x1p53 ? 1e-12 * steps : 0.0);
  return tallies;
}

/// The bits of each recorded t's tally, then of the horizon's.
using TallyBitsOfRun = std::vector<std::vector<std::uint64_t>>;

inline TallyBitsOfRun bits_of_run(const CellTallies& tallies) {
  TallyBitsOfRun all;
  for (const RecordedTally& tally : tallies.checkpoints) all.push_back(bits_of(tally));
  all.push_back(bits_of(tallies.horizon));
  return all;
}

}  // namespace logmargin::testing
