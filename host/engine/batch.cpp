#include "host/engine/batch.hpp"

#include <algorithm>

#include "host/error.hpp"

namespace logmargin {

namespace {

/// Between two looks at the stop signal: some tenths of a second of one batch.
constexpr double most_steps_at_once = 16384;
/// Gathering the live points pays from about so many steps on.
constexpr std::int64_t packing_pays_from = 16;

std::size_t padded(std::size_t count) { return (count + lane_block - 1) / lane_block * lane_block; }

template <class Record>
Record record_at(ColumnsView columns, std::size_t i) {
  Record record;
  int c = 0;
  for_each_column(record, [&](double& value) { value = columns.column(c++)[i]; });
  return record;
}

template <class Record>
void put_record(Record record, ColumnsView columns, std::size_t i) {
  int c = 0;
  for_each_column(record, [&](double& value) { columns.column(c++)[i] = value; });
}

}  // namespace

AlignedColumns::AlignedColumns(int columns, std::size_t stride)
    : stride_(stride), data_(new (std::align_val_t{64}) double[static_cast<std::size_t>(columns) * stride]()) {}

BatchScratch::BatchScratch(std::size_t capacity)
    : observation(5, padded(capacity)), packed_points(2, padded(capacity)) {
  live.reserve(capacity);
}

Batch::Batch(const CellRun& cell, std::uint64_t first, std::size_t count)
    : count_(count),
      padded_(padded(count)),
      state_(network_columns, padded_),
      dips_(dip_columns, padded_),
      sums_(fit_columns, padded_) {
  for (std::size_t i = 0; i < count_; ++i) {
    const Weights theta = initial_weights(cell.weight_law, cell.bias_law, cell.seed, first + i);
    put_record(network_from_weights(cell.problem, theta), state_.view(), i);
    put_record(no_dip<double>(), dips_.view(), i);
  }
}

void Batch::advance_points(const LaneKernels& kernels, double rate, double* correct, double* wrong, std::int64_t steps,
                           BatchScratch& scratch) const {
  if (steps < packing_pays_from) {
    kernels.advance_points(rate, correct, wrong, padded_, steps);
    return;
  }
  // A point where no neuron fires stays as it is: only the others are stepped.
  auto& live = scratch.live;
  live.clear();
  for (std::size_t i = 0; i < count_; ++i) {
    if (correct[i] > 0.0 || wrong[i] > 0.0) live.push_back(static_cast<std::uint32_t>(i));
  }
  const ColumnsView packed = scratch.packed_points.view();
  for (std::size_t k = 0; k < live.size(); ++k) {
    packed.column(0)[k] = correct[live[k]];
    packed.column(1)[k] = wrong[live[k]];
  }
  const std::size_t rounded = padded(live.size());
  for (int c = 0; c < 2; ++c) std::fill(packed.column(c) + live.size(), packed.column(c) + rounded, 0.0);
  kernels.advance_points(rate, packed.column(0), packed.column(1), rounded, steps);
  for (std::size_t k = 0; k < live.size(); ++k) {
    correct[live[k]] = packed.column(0)[k];
    wrong[live[k]] = packed.column(1)[k];
  }
}

void Batch::advance(const LaneKernels& kernels, const Problem& problem, double to_t, BatchScratch& scratch,
                    RunControl& control) {
  const ColumnsView state = state_.view();
  while (reached_t_ < to_t) {
    if (const int signal = control.stop_signal.load(std::memory_order_relaxed)) throw Interrupted(signal);
    const auto steps = static_cast<std::int64_t>(std::min(to_t - reached_t_, most_steps_at_once));
    if (problem.decoupled()) {
      advance_points(kernels, problem.rate_positive, state.column(0), state.column(2), steps, scratch);
      advance_points(kernels, problem.rate_negative, state.column(3), state.column(1), steps, scratch);
    } else {
      kernels.advance_networks(problem, state, padded_, steps);
    }
    reached_t_ += static_cast<double>(steps);
    control.network_steps.fetch_add(static_cast<double>(count_) * static_cast<double>(steps),
                                    std::memory_order_relaxed);
  }
}

void Batch::observe(const LaneKernels& kernels, const Problem& problem, const RecordedTime& time, BatchScratch& scratch,
                    CheckpointTally& tally) {
  const ColumnsView seen = scratch.observation.view();
  const ObservationView columns = {seen.column(0), seen.column(1), seen.column(2), seen.column(3), seen.column(4)};
  kernels.observe(problem, state_.view(), padded_, time, dips_.view(), sums_.view(), columns);
  for (std::size_t i = 0; i < count_; ++i) {
    ++tally.patterns[static_cast<std::size_t>(columns.pattern[i])];
    tally.log10_loss.add(columns.log10_loss[i]);
    if (columns.classified[i] == 0.0) continue;
    ++tally.classified;
    tally.margin.add(columns.margin[i]);
    tally.gap.add(columns.gap[i]);
  }
}

void Batch::finish(const Problem& problem, const FitWindow& window, HorizonTally& tally) {
  for (std::size_t i = 0; i < count_; ++i) {
    add(tally, problem, record_at<Network<double>>(state_.view(), i), record_at<Dip<double>>(dips_.view(), i),
        record_at<FitSums<double>>(sums_.view(), i), window);
  }
}

}  // namespace logmargin
