#include "host/engine/stepped_networks.hpp"

#include <algorithm>
#include <cmath>
#include <type_traits>

#include "host/error.hpp"
#include "logmargin/gradient_step.hpp"

namespace logmargin {

namespace {

/// Between two looks at the stop signal: some tenths of a second of one batch.
constexpr double most_steps_at_once = 16384;
/// Gathering what still moves pays from about so many steps on.
constexpr std::int64_t packing_pays_from = 16;

void step(const LaneKernels& kernels, double rate, double* correct, double* wrong, std::size_t count,
          std::int64_t steps) {
  kernels.advance_points(rate, correct, wrong, count, steps);
}
void step(const LaneKernels& kernels, double rate, Pair<float>* correct, Pair<float>* wrong, std::size_t count,
          std::int64_t steps) {
  kernels.advance_pair_points(rate, correct, wrong, count, steps);
}
void step(const LaneKernels& kernels, const Problem& problem, ColumnsView state, std::size_t count,
          std::int64_t steps) {
  kernels.advance_networks(problem, state, count, steps);
}
void step(const LaneKernels& kernels, const Problem& problem, PairColumnsView state, std::size_t count,
          std::int64_t steps) {
  kernels.advance_pair_networks(problem, state, count, steps);
}

template <class Number>
void gather(ColumnsOf<Number> from, ColumnsOf<Number> to, std::initializer_list<int> columns,
            const std::vector<std::uint32_t>& chosen) {
  int c = 0;
  for (const int column : columns) {
    Number* packed = to.column(c++);
    for (std::size_t k = 0; k < chosen.size(); ++k) packed[k] = from.column(column)[chosen[k]];
    std::fill(packed + chosen.size(), packed + padded(chosen.size()), Number(0.0));
  }
}

template <class Number>
void scatter(ColumnsOf<Number> from, ColumnsOf<Number> to, std::initializer_list<int> columns,
             const std::vector<std::uint32_t>& chosen) {
  int c = 0;
  for (const int column : columns) {
    const Number* packed = from.column(c++);
    for (std::size_t k = 0; k < chosen.size(); ++k) to.column(column)[chosen[k]] = packed[k];
  }
}

}  // namespace

void look_for_stop(const RunControl& control) {
  if (const int signal = control.stop_signal.load(std::memory_order_relaxed)) throw Interrupted(signal);
}

template <class Number>
BatchScratchOf<Number>::BatchScratchOf(std::size_t capacity)
    : observation(observation_columns, padded(capacity)),
      widened(std::is_same_v<Number, double> ? 0 : network_columns, padded(capacity)),
      packed(network_columns, padded(capacity)) {
  chosen.reserve(capacity);
}

template <class Number>
SteppedNetworks<Number>::SteppedNetworks(const Problem& problem, const std::vector<Network<double>>& initial)
    : problem_(problem), count_(initial.size()), padded_(padded(initial.size())), state_(network_columns, padded_) {
  for (std::size_t i = 0; i < count_; ++i) put_record(narrow<Number>(initial[i]), state_.view(), i);
}

template <class Number>
bool SteppedNetworks<Number>::needs_steps(int side, std::size_t i, const ColumnsView* phases) {
  if (phases != nullptr && !std::isnan(phases->column(side)[i])) return false;
  return positive(state_.column(correct_column[side])[i]) || positive(state_.column(wrong_column[side])[i]);
}

template <class Number>
void SteppedNetworks<Number>::step_points(const LaneKernels& kernels, int side, std::int64_t steps, Scratch& scratch,
                                          RunControl& control, const ColumnsView* phases) {
  const ColumnsOf<Number> state = state_.view();
  Number* correct = state.column(correct_column[side]);
  Number* wrong = state.column(wrong_column[side]);
  const double rate = side == 0 ? problem_.rate_positive : problem_.rate_negative;
  if (phases == nullptr && steps < packing_pays_from) {
    step(kernels, rate, correct, wrong, padded_, steps);
    return;
  }
  // A point where no neuron fires stays as it is, and one with a phase leaps: only the others are stepped.
  scratch.chosen.clear();
  for (std::size_t i = 0; i < count_; ++i) {
    if (needs_steps(side, i, phases)) scratch.chosen.push_back(static_cast<std::uint32_t>(i));
  }
  const ColumnsOf<Number> packed = scratch.packed.view();
  gather(state, packed, {correct_column[side], wrong_column[side]}, scratch.chosen);
  step(kernels, rate, packed.column(0), packed.column(1), padded(scratch.chosen.size()), steps);
  scatter(packed, state, {correct_column[side], wrong_column[side]}, scratch.chosen);
  // Two points make a network.
  const double computed = 0.5 * static_cast<double>(scratch.chosen.size()) * static_cast<double>(steps);
  if (phases != nullptr) control.count_computed(computed);
}

template <class Number>
void SteppedNetworks<Number>::step_networks(const LaneKernels& kernels, std::int64_t steps, Scratch& scratch,
                                            RunControl& control, const ColumnsView* phases) {
  const ColumnsOf<Number> state = state_.view();
  if (phases == nullptr) {
    step(kernels, problem_, state, padded_, steps);
    return;
  }
  scratch.chosen.clear();
  for (std::size_t i = 0; i < count_; ++i) {
    if (needs_steps(0, i, phases) || needs_steps(1, i, phases)) {
      scratch.chosen.push_back(static_cast<std::uint32_t>(i));
    }
  }
  const ColumnsOf<Number> packed = scratch.packed.view();
  gather(state, packed, {0, 1, 2, 3}, scratch.chosen);
  step(kernels, problem_, packed, padded(scratch.chosen.size()), steps);
  scatter(packed, state, {0, 1, 2, 3}, scratch.chosen);
  control.count_computed(static_cast<double>(scratch.chosen.size()) * static_cast<double>(steps));
}

template <class Number>
bool SteppedNetworks<Number>::at_rest() {
  for (std::size_t i = 0; i < count_; ++i) {
    const Network<Number> now = network(i);
    const Network<Number> next = gradient_step(problem_, now);
    const bool stays = next.z11 == now.z11 && next.z12 == now.z12 && next.z21 == now.z21 && next.z22 == now.z22;
    if (!stays) return false;
  }
  return true;
}

template <class Number>
void SteppedNetworks<Number>::advance(const LaneKernels& kernels, double to_t, Scratch& scratch, RunControl& control,
                                      const ColumnsView* phases) {
  while (reached_t_ < to_t) {
    look_for_stop(control);
    const double left = to_t - reached_t_;
    if (left > most_steps_at_once && phases == nullptr && at_rest()) {
      reached_t_ = to_t;
      control.count_done(static_cast<double>(count_) * left);
      return;
    }
    const auto steps = static_cast<std::int64_t>(std::min(left, most_steps_at_once));
    if (problem_.decoupled()) {
      for (int side = 0; side < 2; ++side) step_points(kernels, side, steps, scratch, control, phases);
    } else {
      step_networks(kernels, steps, scratch, control, phases);
    }
    reached_t_ += static_cast<double>(steps);
    const double done = static_cast<double>(count_) * static_cast<double>(steps);
    control.count_done(done);
    if (phases == nullptr) control.count_computed(done);
  }
}

template struct BatchScratchOf<double>;
template struct BatchScratchOf<Pair<float>>;
template class SteppedNetworks<double>;
template class SteppedNetworks<Pair<float>>;

}  // namespace logmargin
