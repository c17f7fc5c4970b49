#include "host/engine/trajectories.hpp"

#include <algorithm>
#include <cmath>

#include "host/engine/carry.hpp"
#include "host/error.hpp"
#include "logmargin/settled.hpp"

namespace logmargin {

namespace {

/// Between two looks at the stop signal: some tenths of a second of one batch.
constexpr double most_steps_at_once = 16384;
/// Gathering what still moves pays from about so many steps on.
constexpr std::int64_t packing_pays_from = 16;

constexpr double not_settled = std::numeric_limits<double>::quiet_NaN();

double next_power_of_two(double t) { return t < 1.0 ? 1.0 : std::exp2(std::floor(std::log2(t)) + 1.0); }

void look_for_stop(const RunControl& control) {
  if (const int signal = control.stop_signal.load(std::memory_order_relaxed)) throw Interrupted(signal);
}

void gather(ColumnsView from, ColumnsView to, std::initializer_list<int> columns,
            const std::vector<std::uint32_t>& chosen) {
  int c = 0;
  for (const int column : columns) {
    double* packed = to.column(c++);
    for (std::size_t k = 0; k < chosen.size(); ++k) packed[k] = from.column(column)[chosen[k]];
    std::fill(packed + chosen.size(), packed + padded(chosen.size()), 0.0);
  }
}

void scatter(ColumnsView from, ColumnsView to, std::initializer_list<int> columns,
             const std::vector<std::uint32_t>& chosen) {
  int c = 0;
  for (const int column : columns) {
    const double* packed = from.column(c++);
    for (std::size_t k = 0; k < chosen.size(); ++k) to.column(column)[chosen[k]] = packed[k];
  }
}

}  // namespace

Trajectories::Trajectories(const Problem& problem, const Stepping& stepping,
                           const std::vector<Network<double>>& initial)
    : problem_(problem),
      stepping_(stepping),
      count_(initial.size()),
      padded_(padded(initial.size())),
      state_(network_columns, padded_),
      phases_(2, padded_),
      intercepts_(2, padded_) {
  for (std::size_t i = 0; i < count_; ++i) put_record(initial[i], state_.view(), i);
  for (int side = 0; side < 2; ++side) std::fill_n(phases_.column(side), padded_, not_settled);
  if (stepping_.leaps()) settle_newly();
}

bool Trajectories::side_settles(int side, std::size_t i) {
  const double correct = state_.column(correct_column[side])[i];
  if (!(correct > 0.0) || too_early_to_leap(rate(side), correct) || climbs_far_away(rate(side), correct)) return false;
  if (problem_.decoupled()) return state_.column(wrong_column[side])[i] <= 0.0;
  return problem_.rate_coupling < 0.0 && state_.column(wrong_column[0])[i] <= 0.0 &&
         state_.column(wrong_column[1])[i] <= 0.0;
}

void Trajectories::settle_newly() {
  for (int side = 0; side < 2; ++side) {
    double* phase = phases_.column(side);
    for (std::size_t i = 0; i < count_; ++i) {
      if (!std::isnan(phase[i]) || !side_settles(side, i)) continue;
      const double correct = state_.column(correct_column[side])[i];
      phase[i] = abel(exponential(correct) / rate(side)) - reached_t_;
      const int follower = side == 0 ? 1 : 2;
      intercepts_.column(side)[i] = state_.column(follower)[i] - problem_.rate_coupling / rate(side) * correct;
    }
  }
}

bool Trajectories::moves_unsettled(int side, std::size_t i) {
  return std::isnan(phases_.column(side)[i]) &&
         (state_.column(correct_column[side])[i] > 0.0 || state_.column(wrong_column[side])[i] > 0.0);
}

bool Trajectories::network_moves_unsettled(std::size_t i) { return moves_unsettled(0, i) || moves_unsettled(1, i); }

void Trajectories::step_points(const LaneKernels& kernels, int side, std::int64_t steps, BatchScratch& scratch,
                               RunControl& control) {
  const ColumnsView state = state_.view();
  const int correct = correct_column[side];
  const int wrong = wrong_column[side];
  if (steps < packing_pays_from && !stepping_.leaps()) {
    kernels.advance_points(rate(side), state.column(correct), state.column(wrong), padded_, steps);
    return;
  }
  // A point where no neuron fires stays as it is, and a settled one leaps: only the others are stepped.
  scratch.chosen.clear();
  for (std::size_t i = 0; i < count_; ++i) {
    if (moves_unsettled(side, i)) scratch.chosen.push_back(static_cast<std::uint32_t>(i));
  }
  const ColumnsView packed = scratch.packed.view();
  gather(state, packed, {correct, wrong}, scratch.chosen);
  kernels.advance_points(rate(side), packed.column(0), packed.column(1), padded(scratch.chosen.size()), steps);
  scatter(packed, state, {correct, wrong}, scratch.chosen);
  // Two points make a network.
  control.count_computed(0.5 * static_cast<double>(scratch.chosen.size()) * static_cast<double>(steps));
}

void Trajectories::step_networks(const LaneKernels& kernels, std::int64_t steps, BatchScratch& scratch,
                                 RunControl& control) {
  const ColumnsView state = state_.view();
  if (!stepping_.leaps()) {
    kernels.advance_networks(problem_, state, padded_, steps);
    return;
  }
  scratch.chosen.clear();
  for (std::size_t i = 0; i < count_; ++i) {
    if (network_moves_unsettled(i)) scratch.chosen.push_back(static_cast<std::uint32_t>(i));
  }
  const ColumnsView packed = scratch.packed.view();
  gather(state, packed, {0, 1, 2, 3}, scratch.chosen);
  kernels.advance_networks(problem_, packed, padded(scratch.chosen.size()), steps);
  scatter(packed, state, {0, 1, 2, 3}, scratch.chosen);
  control.count_computed(static_cast<double>(scratch.chosen.size()) * static_cast<double>(steps));
}

void Trajectories::lockstep_to(const LaneKernels& kernels, double to_t, BatchScratch& scratch, RunControl& control) {
  while (reached_t_ < to_t) {
    look_for_stop(control);
    const auto steps = static_cast<std::int64_t>(std::min(to_t - reached_t_, most_steps_at_once));
    if (problem_.decoupled()) {
      for (int side = 0; side < 2; ++side) step_points(kernels, side, steps, scratch, control);
    } else {
      step_networks(kernels, steps, scratch, control);
    }
    reached_t_ += static_cast<double>(steps);
    control.count_done(static_cast<double>(count_) * static_cast<double>(steps));
  }
}

void Trajectories::leap_unsettled_points(double to_t, RunControl& control) {
  for (int side = 0; side < 2; ++side) {
    double* correct = state_.column(correct_column[side]);
    double* wrong = state_.column(wrong_column[side]);
    for (std::size_t i = 0; i < count_; ++i) {
      if (!moves_unsettled(side, i)) continue;
      const auto point = leap(rate(side), PointState<double>{correct[i], wrong[i]}, to_t - reached_t_);
      correct[i] = point.correct;
      wrong[i] = point.wrong;
    }
  }
  look_for_stop(control);
}

void Trajectories::carry_unsettled_networks(double to_t, RunControl& control) {
  for (std::size_t i = 0; i < count_; ++i) {
    if (!network_moves_unsettled(i)) continue;
    put_record(carry(problem_, network(i), reached_t_, to_t, control), state_.view(), i);
  }
}

void Trajectories::leap_settled(const LaneKernels& kernels, double to_t) {
  for (int side = 0; side < 2; ++side) {
    double* correct = state_.column(correct_column[side]);
    kernels.leap_climbs(logarithm(rate(side)), phases_.column(side), to_t, correct, padded_);
    if (problem_.decoupled()) continue;
    double* follower = state_.column(side == 0 ? 1 : 2);
    for (std::size_t i = 0; i < count_; ++i) {
      if (std::isnan(phases_.column(side)[i])) continue;
      follower[i] = lane<double>::fma(problem_.rate_coupling / rate(side), correct[i], intercepts_.column(side)[i]);
    }
  }
}

void Trajectories::advance(const LaneKernels& kernels, double to_t, BatchScratch& scratch, RunControl& control) {
  if (to_t == reached_t_) return;
  if (!stepping_.leaps()) {
    lockstep_to(kernels, to_t, scratch, control);
    return;
  }
  const double lockstep_end = std::min(to_t, stepping_.lockstep_until);
  while (reached_t_ < lockstep_end) {
    const double look = next_power_of_two(reached_t_);
    lockstep_to(kernels, std::min(look, lockstep_end), scratch, control);
    if (reached_t_ == look) settle_newly();
  }
  if (reached_t_ < to_t) {
    if (problem_.decoupled()) {
      leap_unsettled_points(to_t, control);
    } else {
      carry_unsettled_networks(to_t, control);
    }
    control.count_done(static_cast<double>(count_) * (to_t - reached_t_));
    reached_t_ = to_t;
    leap_settled(kernels, to_t);
    settle_newly();
    return;
  }
  leap_settled(kernels, to_t);
}

}  // namespace logmargin
