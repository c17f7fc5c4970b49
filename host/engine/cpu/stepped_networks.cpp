#include "host/engine/cpu/stepped_networks.hpp"

#include <algorithm>
#include <cmath>
#include <type_traits>

#include "logmargin/model/gradient_step.hpp"
#include "logmargin/stepping/dispatch.hpp"

namespace logmargin {

namespace {

/// A batch takes no more steps than this between two looks at the stop signal, which is some tenths of a second.
constexpr double most_steps_at_once = 16384;
/// Settled and dead points of plain descent are looked for whenever t has doubled, from here on: most settle early.
constexpr double first_look_after = 64;
/// Gathering what still moves pays from about so many steps on.
constexpr std::int64_t packing_pays_from = 16;

void step(const SimdDispatchTable& kernels, double rate, double* correct, double* wrong, std::size_t count,
          std::int64_t steps) {
  kernels.advance_points(rate, correct, wrong, count, steps);
}
void step(const SimdDispatchTable& kernels, double rate, Pair<float>* correct, Pair<float>* wrong, std::size_t count,
          std::int64_t steps) {
  kernels.advance_pair_points(rate, correct, wrong, count, steps);
}
void step_settled(const SimdDispatchTable& kernels, double rate, double* correct, std::size_t count,
                  std::int64_t steps) {
  kernels.settled.points(rate, correct, count, steps);
}
void step_settled(const SimdDispatchTable& kernels, double rate, Pair<float>* correct, std::size_t count,
                  std::int64_t steps) {
  kernels.settled.pair_points(rate, correct, count, steps);
}
void step(const SimdDispatchTable& kernels, const Problem& problem, ColumnsView state, std::size_t count,
          std::int64_t steps) {
  kernels.advance_networks(problem, state, count, steps);
}
void step(const SimdDispatchTable& kernels, const Problem& problem, PairColumnsView state, std::size_t count,
          std::int64_t steps) {
  kernels.advance_pair_networks(problem, state, count, steps);
}
void step_settled(const SimdDispatchTable& kernels, const Problem& problem, ColumnsView state, std::size_t count,
                  std::int64_t steps) {
  kernels.settled.networks(problem, state, count, steps);
}
void step_settled(const SimdDispatchTable& kernels, const Problem& problem, PairColumnsView state, std::size_t count,
                  std::int64_t steps) {
  kernels.settled.pair_networks(problem, state, count, steps);
}

/// Methods other than gradient descent on the exponential loss are for doubles.
void step(const SimdDispatchTable& kernels, const Problem& problem, ColumnsView packed, std::size_t count, double t,
          std::int64_t steps) {
  const ColumnsView memory = {packed.column(network_columns), packed.stride};
  kernels.advance_method(problem, packed, memory, count, t, steps);
}
void step(const SimdDispatchTable&, const Problem&, PairColumnsView, std::size_t, double, std::int64_t) {}

template <class Number>
void gather(ColumnsOf<Number> from, ColumnsOf<Number> to, std::initializer_list<int> columns,
            const std::vector<std::uint32_t>& chosen) {
  int c = 0;
  for (const int column : columns) {
    Number* packed = to.column(c++);
    for (std::size_t k = 0; k < chosen.size(); ++k) packed[k] = from.column(column)[chosen[k]];
    // What makes the last block whole can be stepped in any way.
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

template <class Number>
BatchScratchOf<Number>::BatchScratchOf(std::size_t capacity)
    : observation(observation_columns, padded(capacity)),
      of_classified(RecordedQuantities::quantities, padded(capacity)),
      widened(std::is_same_v<Number, double> ? 0 : network_columns, padded(capacity)),
      packed(network_columns + most_memory_columns, padded(capacity)) {
  chosen.reserve(capacity);
  chosen_settled.reserve(capacity);
}

template <class Number>
SteppedNetworks<Number>::SteppedNetworks(const Problem& problem, const std::vector<Network<double>>& initial,
                                         const std::vector<OrthogonalComponent<double>>& orthogonal)
    : problem_(problem),
      count_(initial.size()),
      padded_(padded(initial.size())),
      state_(network_columns, padded_),
      remembers_(with_lockstep_stepper<Number>(
          problem,
          []<class Stepper>(std::type_identity<Stepper>) { return std::is_same_v<Stepper, OptimizerStepper>; })),
      memory_(remembers_ ? most_memory_columns : 0, padded_) {
  for (std::size_t i = 0; i < count_; ++i) put_record(narrow<Number>(initial[i]), state_.view(), i);
  with_lockstep_stepper<Number>(problem, [&]<class Stepper>(std::type_identity<Stepper>) {
    if constexpr (std::is_same_v<Stepper, OptimizerStepper>) {
      for (std::size_t i = 0; i < count_; ++i) {
        const MethodState start =
            start_of(problem, initial[i], orthogonal.empty() ? 0.0 : squared_size(problem, orthogonal[i]));
        for (int c = 0; c < most_memory_columns; ++c) memory_.column(c)[i] = Number(start.memory[c]);
      }
    }
  });
}

template <class Number>
MethodState SteppedNetworks<Number>::method_state(std::size_t i) {
  MethodState state = {widen(network(i)), {}};
  for (int c = 0; c < most_memory_columns; ++c) state.memory[c] = widen(memory_.column(c)[i]);
  return state;
}

template <class Number>
double SteppedNetworks<Number>::orthogonal_scale(std::size_t i) {
  return remembers_ ? logmargin::orthogonal_scale(problem_.method, method_state(i)) : 1.0;
}

template <class Number>
bool SteppedNetworks<Number>::needs_steps(int side, std::size_t i, const ColumnsView* phases) {
  if (phases != nullptr && !std::isnan(phases->column(side)[i])) return false;
  return positive(state_.column(correct_column[side])[i]) || positive(state_.column(wrong_column[side])[i]);
}

template <class Number>
template <class Needed, class Settled>
void SteppedNetworks<Number>::choose(Scratch& scratch, const Needed& needed, const Settled& settled) {
  scratch.chosen.clear();
  scratch.chosen_settled.clear();
  for (std::size_t i = 0; i < count_; ++i) {
    if (!needed(i)) continue;
    (settled(i) ? scratch.chosen_settled : scratch.chosen).push_back(static_cast<std::uint32_t>(i));
  }
}

template <class Number>
template <class Step>
void SteppedNetworks<Number>::step_chosen(const std::vector<std::uint32_t>& chosen, std::initializer_list<int> columns,
                                          Scratch& scratch, const Step& step) {
  const ColumnsOf<Number> packed = scratch.packed.view();
  gather(state_.view(), packed, columns, chosen);
  step(packed, padded(chosen.size()));
  scatter(packed, state_.view(), columns, chosen);
}

template <class Number>
void SteppedNetworks<Number>::step_points(const SimdDispatchTable& kernels, int side, std::int64_t steps,
                                          Scratch& scratch, RunControl& control, const ColumnsView* phases) {
  const int correct = correct_column[side];
  const int wrong = wrong_column[side];
  const Number* corrects = state_.column(correct);
  const Number* wrongs = state_.column(wrong);
  const double rate = side == 0 ? problem_.rate_positive : problem_.rate_negative;
  if (phases == nullptr && steps < packing_pays_from) {
    step(kernels, rate, state_.column(correct), state_.column(wrong), padded_, steps);
    return;
  }
  // Only the points that need steps are stepped. A point where no neuron fires stays as it is, and one with a phase
  // leaps. Those that have settled are stepped by a shorter formula.
  const Number settled_rate(rate);
  choose(
      scratch, [&](std::size_t i) { return needs_steps(side, i, phases); },
      [&](std::size_t i) {
        return is_settled(settled_rate, PointState<Number>{corrects[i], wrongs[i]});
      });
  step_chosen(scratch.chosen, {correct, wrong}, scratch, [&](const ColumnsOf<Number>& packed, std::size_t points) {
    step(kernels, rate, packed.column(0), packed.column(1), points, steps);
  });
  step_chosen(scratch.chosen_settled, {correct}, scratch, [&](const ColumnsOf<Number>& packed, std::size_t points) {
    step_settled(kernels, rate, packed.column(0), points, steps);
  });
  // Two points make a network.
  if (phases != nullptr) control.count_computed(0.5 * scratch.chosen_in_all() * static_cast<double>(steps));
}

template <class Number>
void SteppedNetworks<Number>::step_networks(const SimdDispatchTable& kernels, std::int64_t steps, Scratch& scratch,
                                            RunControl& control, const ColumnsView* phases) {
  if (phases == nullptr && steps < packing_pays_from) {
    step(kernels, problem_, state_.view(), padded_, steps);
    return;
  }
  const Rates<Number> rates(problem_);
  choose(
      scratch, [&](std::size_t i) { return needs_steps(0, i, phases) || needs_steps(1, i, phases); },
      [&](std::size_t i) { return is_settled(rates, network(i)); });
  step_chosen(scratch.chosen, {0, 1, 2, 3}, scratch, [&](const ColumnsOf<Number>& packed, std::size_t networks) {
    step(kernels, problem_, packed, networks, steps);
  });
  step_chosen(scratch.chosen_settled, {0, 1, 2, 3}, scratch,
              [&](const ColumnsOf<Number>& packed, std::size_t networks) {
                step_settled(kernels, problem_, packed, networks, steps);
              });
  if (phases != nullptr) control.count_computed(scratch.chosen_in_all() * static_cast<double>(steps));
}

template <class Number>
void SteppedNetworks<Number>::step_method(const SimdDispatchTable& kernels, std::int64_t steps, Scratch& scratch) {
  const bool picks = steps >= packing_pays_from && facts_of(problem_.method).forgets_time;
  choose(
      scratch, [&](std::size_t i) { return !picks || !network_at_rest(i); }, [](std::size_t) { return false; });
  const ColumnsOf<Number> packed = scratch.packed.view();
  const ColumnsOf<Number> packed_memory = {packed.column(network_columns), packed.stride};
  gather(memory_.view(), packed_memory, {0, 1, 2, 3}, scratch.chosen);
  step_chosen(scratch.chosen, {0, 1, 2, 3}, scratch, [&](const ColumnsOf<Number>&, std::size_t networks) {
    step(kernels, problem_, packed, networks, reached_t_, steps);
  });
  scatter(packed_memory, memory_.view(), {0, 1, 2, 3}, scratch.chosen);
}

template <class Number>
bool SteppedNetworks<Number>::network_at_rest(std::size_t i) {
  const Network<Number> now = network(i);
  if (!remembers_) return same_numbers(gradient_step(problem_, now), now);
  const MethodState before = method_state(i);
  MethodState after = before;
  advance_state(problem_, reached_t_, 1, after);
  return same_numbers(after.network, before.network) &&
         std::equal(before.memory, std::end(before.memory), after.memory);
}

template <class Number>
bool SteppedNetworks<Number>::at_rest() {
  for (std::size_t i = 0; i < count_; ++i) {
    if (!network_at_rest(i)) return false;
  }
  return true;
}

template <class Number>
void SteppedNetworks<Number>::advance(const SimdDispatchTable& kernels, double to_t, Scratch& scratch,
                                      RunControl& control, const ColumnsView* phases) {
  while (reached_t_ < to_t) {
    control.throw_if_stop_requested();
    const double left = to_t - reached_t_;
    if (left > most_steps_at_once && phases == nullptr && facts_of(problem_.method).forgets_time && at_rest()) {
      reached_t_ = to_t;
      control.count_done(static_cast<double>(count_) * left);
      return;
    }
    const double until_look = remembers_ ? most_steps_at_once : std::max(reached_t_, first_look_after);
    const auto steps = static_cast<std::int64_t>(std::min({left, until_look, most_steps_at_once}));
    with_lockstep_stepper<Number>(problem_, [&]<class Stepper>(std::type_identity<Stepper>) {
      if constexpr (std::is_same_v<Stepper, OptimizerStepper>) {
        step_method(kernels, steps, scratch);
      } else if constexpr (std::is_same_v<Stepper, DescentStepper<Number, true>>) {
        step_networks(kernels, steps, scratch, control, phases);
      } else if constexpr (std::is_same_v<Stepper, DescentStepper<Number, false>>) {
        for (int side = 0; side < 2; ++side) step_points(kernels, side, steps, scratch, control, phases);
      }
    });
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
