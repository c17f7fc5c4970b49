#include "host/engine/batch.hpp"

#include <algorithm>
#include <type_traits>

#include "host/error.hpp"

namespace logmargin {

namespace {

/// Between two looks at the stop signal: some tenths of a second of one batch.
constexpr double most_steps_at_once = 16384;
/// Gathering the live points pays from about so many steps on.
constexpr std::int64_t packing_pays_from = 16;

std::size_t padded(std::size_t count) { return (count + lane_block - 1) / lane_block * lane_block; }

template <class Record, class Number>
Record record_at(ColumnsOf<Number> columns, std::size_t i) {
  Record record;
  int c = 0;
  for_each_column(record, [&](Number& value) { value = columns.column(c++)[i]; });
  return record;
}

template <class Record, class Number>
void put_record(Record record, ColumnsOf<Number> columns, std::size_t i) {
  int c = 0;
  for_each_column(record, [&](Number& value) { columns.column(c++)[i] = value; });
}

void step_points(const LaneKernels& kernels, double rate, double* correct, double* wrong, std::size_t count,
                 std::int64_t steps) {
  kernels.advance_points(rate, correct, wrong, count, steps);
}
void step_points(const LaneKernels& kernels, double rate, Pair<float>* correct, Pair<float>* wrong, std::size_t count,
                 std::int64_t steps) {
  kernels.advance_pair_points(rate, correct, wrong, count, steps);
}

void step_networks(const LaneKernels& kernels, const Problem& problem, ColumnsView state, std::size_t count,
                   std::int64_t steps) {
  kernels.advance_networks(problem, state, count, steps);
}
void step_networks(const LaneKernels& kernels, const Problem& problem, PairColumnsView state, std::size_t count,
                   std::int64_t steps) {
  kernels.advance_pair_networks(problem, state, count, steps);
}

}  // namespace

template <class Number>
BatchScratchOf<Number>::BatchScratchOf(std::size_t capacity)
    : observation(5, padded(capacity)),
      widened(std::is_same_v<Number, double> ? 0 : network_columns, padded(capacity)),
      packed_points(2, padded(capacity)) {
  live.reserve(capacity);
}

template <class Number>
BatchOf<Number>::BatchOf(const CellRun& cell, std::uint64_t first, std::size_t count)
    : count_(count),
      padded_(padded(count)),
      state_(network_columns, padded_),
      dips_(dip_columns, padded_),
      sums_(fit_columns, padded_) {
  for (std::size_t i = 0; i < count_; ++i) {
    const Weights theta = initial_weights(cell.weight_law, cell.bias_law, cell.seed, first + i);
    put_record(narrow<Number>(network_from_weights(cell.problem, theta)), state_.view(), i);
    put_record(no_dip<double>(), dips_.view(), i);
  }
}

template <class Number>
void BatchOf<Number>::advance_points(const LaneKernels& kernels, double rate, Number* correct, Number* wrong,
                                     std::int64_t steps, Scratch& scratch) const {
  if (steps < packing_pays_from) {
    step_points(kernels, rate, correct, wrong, padded_, steps);
    return;
  }
  // A point where no neuron fires stays as it is: only the others are stepped.
  auto& live = scratch.live;
  live.clear();
  for (std::size_t i = 0; i < count_; ++i) {
    if (positive(correct[i]) || positive(wrong[i])) live.push_back(static_cast<std::uint32_t>(i));
  }
  const ColumnsOf<Number> packed = scratch.packed_points.view();
  for (std::size_t k = 0; k < live.size(); ++k) {
    packed.column(0)[k] = correct[live[k]];
    packed.column(1)[k] = wrong[live[k]];
  }
  const std::size_t rounded = padded(live.size());
  for (int c = 0; c < 2; ++c) std::fill(packed.column(c) + live.size(), packed.column(c) + rounded, Number(0.0));
  step_points(kernels, rate, packed.column(0), packed.column(1), rounded, steps);
  for (std::size_t k = 0; k < live.size(); ++k) {
    correct[live[k]] = packed.column(0)[k];
    wrong[live[k]] = packed.column(1)[k];
  }
}

template <class Number>
void BatchOf<Number>::advance(const LaneKernels& kernels, const Problem& problem, double to_t, Scratch& scratch,
                              RunControl& control) {
  const ColumnsOf<Number> state = state_.view();
  while (reached_t_ < to_t) {
    if (const int signal = control.stop_signal.load(std::memory_order_relaxed)) throw Interrupted(signal);
    const auto steps = static_cast<std::int64_t>(std::min(to_t - reached_t_, most_steps_at_once));
    if (problem.decoupled()) {
      advance_points(kernels, problem.rate_positive, state.column(0), state.column(2), steps, scratch);
      advance_points(kernels, problem.rate_negative, state.column(3), state.column(1), steps, scratch);
    } else {
      step_networks(kernels, problem, state, padded_, steps);
    }
    reached_t_ += static_cast<double>(steps);
    control.network_steps.fetch_add(static_cast<double>(count_) * static_cast<double>(steps),
                                    std::memory_order_relaxed);
  }
}

template <class Number>
ColumnsView BatchOf<Number>::states_to_observe(Scratch& scratch) {
  const ColumnsOf<Number> state = state_.view();
  if constexpr (std::is_same_v<Number, double>) {
    return state;
  } else {
    const ColumnsView widened = scratch.widened.view();
    for (int c = 0; c < network_columns; ++c) {
      std::transform(state.column(c), state.column(c) + padded_, widened.column(c),
                     [](const Number& number) { return widen(number); });
    }
    return widened;
  }
}

template <class Number>
void BatchOf<Number>::observe(const LaneKernels& kernels, const Problem& problem, const RecordedTime& time,
                              Scratch& scratch, CheckpointTally& tally) {
  const ColumnsView seen = scratch.observation.view();
  const ObservationView columns = {seen.column(0), seen.column(1), seen.column(2), seen.column(3), seen.column(4)};
  kernels.observe(problem, states_to_observe(scratch), padded_, time, dips_.view(), sums_.view(), columns);
  for (std::size_t i = 0; i < count_; ++i) {
    ++tally.patterns[static_cast<std::size_t>(columns.pattern[i])];
    tally.log10_loss.add(columns.log10_loss[i]);
    if (columns.classified[i] == 0.0) continue;
    ++tally.classified;
    tally.margin.add(columns.margin[i]);
    tally.gap.add(columns.gap[i]);
  }
}

template <class Number>
void BatchOf<Number>::finish(const Problem& problem, const FitWindow& window, HorizonTally& tally) {
  for (std::size_t i = 0; i < count_; ++i) {
    add(tally, problem, record_at<Network<Number>>(state_.view(), i), record_at<Dip<double>>(dips_.view(), i),
        record_at<FitSums<double>>(sums_.view(), i), window);
  }
}

template struct BatchScratchOf<double>;
template struct BatchScratchOf<Pair<float>>;
template class BatchOf<double>;
template class BatchOf<Pair<float>>;

}  // namespace logmargin
