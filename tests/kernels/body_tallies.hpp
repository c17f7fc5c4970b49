#pragma once

#include <algorithm>
#include <vector>

#include "host/engine/batch.hpp"
#include "host/engine/cpu_engine.hpp"
#include "host/engine/cuda_engine.hpp"
#include "kernels/record_group.hpp"
#include "tests/kernels/serial_batch.hpp"
#include "tests/support/tally_bits.hpp"

namespace logmargin::testing {

/// Of each recorded t, then of the horizon.
using Tallies = std::vector<std::vector<std::uint64_t>>;

inline Tallies tallies_of_cpu_engine(const CellRun& cell, const Schedule& schedule) {
  Tallies tallies;
  RunControl control;
  const HorizonTally horizon =
      make_cpu_engine(available_lane_kernels().back(), 1)
          ->run(
              cell, schedule, [&](std::size_t, const CheckpointTally& tally) { tallies.push_back(bits_of(tally)); },
              control);
  tallies.push_back(bits_of(horizon));
  return tallies;
}

/// What batches counted on their way through a schedule.
struct BodyTallies {
  BodyTallies(const Schedule& schedule, std::size_t thresholds)
      : recorded(schedule.times().size()), horizon(schedule.fits.size(), thresholds) {}

  std::vector<CheckpointTally> recorded;
  HorizonTally horizon;

  Tallies bits() const {
    Tallies all;
    for (const CheckpointTally& tally : recorded) all.push_back(bits_of(tally));
    all.push_back(bits_of(horizon));
    return all;
  }
};

/// Of the CPU's own batch, which takes given networks step by step.
inline Tallies tallies_of_batch(const Problem& problem, const InitialNetworks& initial, const Schedule& schedule) {
  const LaneKernels kernels = available_lane_kernels().back();
  Batch batch(problem, lockstep_stepping, initial, schedule.fits.size());
  BatchScratch scratch(initial.networks.size());
  RunControl control;
  BodyTallies tallies(schedule, 0);
  for (std::size_t r = 0; r < schedule.times().size(); ++r) {
    batch.advance(kernels, schedule, r, scratch, control);
    batch.observe(kernels, schedule, r, scratch);
    batch.tally(scratch, tallies.recorded[r]);
  }
  batch.finish(kernels, schedule, {}, tallies.horizon);
  return tallies.bits();
}

/// Takes a batch that stands at t = 0 through the bodies of the kernels, grouped as the CUDA engine groups. kept: as
/// over several passes, each group starts from what was saved after the one before.
template <class Number>
void take_through(SerialBatch<Number>& batch, const Schedule& schedule, std::span<const double> thresholds,
                  BodyTallies& tallies, bool kept = false) {
  const std::vector<RecordedTime>& times = schedule.times();
  const SerialBatch<Number> fresh = batch;
  double reached = 0.0;
  for (std::size_t r = 0; r < times.size();) {
    RecordGroup group = {r, std::min<std::size_t>(5, times.size() - r), 0};
    std::vector<std::int64_t> steps;
    if (batch.flows()) {
      group.count = 1;
      steps = {0};
      if (times[r].t > reached) batch.follow(times[r].t);
      reached = times[r].t;
    } else if (!batch.leaps()) {
      group = next_group(times, r, times.size(), reached, 5);
      if (group.lead_steps > 0) batch.advance(group.lead_steps);
      reached += static_cast<double>(group.lead_steps);
      steps = steps_before_each(times, group, reached);
    }
    std::vector<std::span<const RecordedTime>> earlier;
    for (std::size_t fit = 0; fit + 1 < schedule.fits.size(); ++fit) {
      earlier.push_back(std::span(schedule.fits[fit].times).subspan(r, group.count));
    }
    const auto counts = batch.record({std::span(times).subspan(r, group.count), earlier, steps, reached});
    for (std::size_t k = 0; k < group.count; ++k) add_counts(tallies.recorded[r + k], counts[k]);
    r += group.count;
    reached = times[r - 1].t;
    if (!kept) continue;
    const SavedNetworks<Number> saved = batch.save();
    batch = fresh;
    batch.restore(saved);
  }
  std::vector<FitWindow> windows;
  for (const Fit& fit : schedule.fits) windows.push_back(fit.window);
  add_counts(tallies.horizon, batch.finish(windows, thresholds));
}

}  // namespace logmargin::testing
