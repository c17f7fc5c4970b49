#include "host/engine/cpu/stepped_networks.hpp"

#include <algorithm>
#include <cmath>
#include <type_traits>

#include "logmargin/stepping/dispatch.hpp"

namespace logmargin {

namespace {

/// A batch takes no more steps than this between two looks at the stop signal, which is some tenths of a second.
constexpr double most_steps_at_once = 16384;
/// Dead points of plain descent are looked for whenever t has doubled, from here on: most die early.
constexpr double first_look_after = 64;
/// Gathering what still moves pays from about so many steps on.
constexpr std::int64_t packing_pays_from = 16;

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
  static_assert(carried_columns <= network_columns + most_memory_columns);
  chosen.reserve(capacity);
}

template <class Number>
SteppedNetworks<Number>::SteppedNetworks(const Problem& problem, const std::vector<Network<double>>& initial,
                                         const std::vector<OrthogonalComponent<double>>& orthogonal)
    : problem_(problem),
      count_(initial.size()),
      padded_(padded(initial.size())),
      state_(problem.method.is_gd_exponential() ? carried_columns : network_columns, padded_),
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
template <class Needed>
void SteppedNetworks<Number>::choose(Scratch& scratch, const Needed& needed) {
  scratch.chosen.clear();
  for (std::size_t i = 0; i < count_; ++i) {
    if (needed(i)) scratch.chosen.push_back(static_cast<std::uint32_t>(i));
  }
}

template <class Number>
template <class Needed, class IsSlow, class Step>
double SteppedNetworks<Number>::step_needing(std::initializer_list<int> columns, Scratch& scratch, const Needed& needed,
                                             const IsSlow& is_slow, const Step& step) {
  choose(scratch, needed);
  // Lanes that step together wait for each other: those whose steps take longer are put together.
  std::partition(scratch.chosen.begin(), scratch.chosen.end(), [&](std::uint32_t i) { return !is_slow(i); });
  const ColumnsOf<Number> packed = scratch.packed.view();
  gather(state_.view(), packed, columns, scratch.chosen);
  step(packed, padded(scratch.chosen.size()));
  scatter(packed, state_.view(), columns, scratch.chosen);
  return static_cast<double>(scratch.chosen.size());
}

template <class Number>
template <bool coupled>
void SteppedNetworks<Number>::step_descent(const SimdDispatchTable& kernels, std::int64_t steps, Scratch& scratch,
                                           RunControl& control, const ColumnsView* phases) {
  const DescentLoops<Number>& loops = descent_of<Number>(kernels);
  const auto t = static_cast<std::int64_t>(reached_t_);
  const bool all = phases == nullptr && steps < packing_pays_from;
  // A point where no neuron fires stays as it is, and one with a phase leaps.
  const auto needed = [&](int side, std::size_t i) { return needs_steps(side, i, phases); };
  const auto is_slow = [&](int side, std::size_t i) {
    return positive(state_.column(wrong_column[side])[i]) || !is_carried(state_.column(rise_column[side])[i]);
  };
  double stepped = 0.0;
  if constexpr (coupled) {
    const auto step = [&](const ColumnsOf<Number>& state, std::size_t count) {
      loops.networks(problem_, t, steps, state, count);
    };
    if (all) return step(state_.view(), padded_);
    stepped = step_needing(
        {0, 1, 2, 3, rise_column[0], rise_column[1]}, scratch,
        [&](std::size_t i) { return needed(0, i) || needed(1, i); },
        [&](std::size_t i) { return is_slow(0, i) || is_slow(1, i); }, step);
  } else {
    for (int side = 0; side < 2; ++side) {
      const double rate = side == 0 ? problem_.rate_positive : problem_.rate_negative;
      const std::initializer_list<int> columns = {correct_column[side], wrong_column[side], rise_column[side]};
      const auto step = [&](const PointColumnsOf<Number>& points, std::size_t count) {
        loops.points(rate, t, steps, points, count);
      };
      if (all) {
        step({state_.column(correct_column[side]), state_.column(wrong_column[side]), state_.column(rise_column[side])},
             padded_);
        continue;
      }
      // Two points make a network.
      stepped += 0.5 * step_needing(
                           columns, scratch, [&](std::size_t i) { return needed(side, i); },
                           [&](std::size_t i) { return is_slow(side, i); },
                           [&](const ColumnsOf<Number>& packed, std::size_t count) {
                             step({packed.column(0), packed.column(1), packed.column(2)}, count);
                           });
    }
  }
  if (phases != nullptr) control.count_computed(stepped * static_cast<double>(steps));
}

template <class Number>
void SteppedNetworks<Number>::step_method(const SimdDispatchTable& kernels, std::int64_t steps, Scratch& scratch) {
  // Methods other than gradient descent on the exponential loss are for doubles.
  if constexpr (std::is_same_v<Number, double>) {
    const bool picks = steps >= packing_pays_from && facts_of(problem_.method).forgets_time;
    choose(scratch, [&](std::size_t i) { return !picks || !network_at_rest(i); });
    const std::initializer_list<int> columns = {0, 1, 2, 3};
    const ColumnsView packed = scratch.packed.view();
    const ColumnsView packed_memory = {packed.column(network_columns), packed.stride};
    gather(state_.view(), packed, columns, scratch.chosen);
    gather(memory_.view(), packed_memory, columns, scratch.chosen);
    kernels.advance_method(problem_, packed, packed_memory, padded(scratch.chosen.size()), reached_t_, steps);
    scatter(packed, state_.view(), columns, scratch.chosen);
    scatter(packed_memory, memory_.view(), columns, scratch.chosen);
  }
}

template <class Number>
bool SteppedNetworks<Number>::network_at_rest(std::size_t i) {
  if (!remembers_) {
    const auto carried = record_at<CarriedNetwork<Number>>(state_.view(), i);
    const auto t = static_cast<std::int64_t>(reached_t_);
    return with_coupling(
        problem_, [&](auto coupled) { return rests<decltype(coupled)::value>(Rates<Number>(problem_), carried, t); });
  }
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
      } else if constexpr (Stepper::is_gd_exponential) {
        step_descent<Stepper::coupled>(kernels, steps, scratch, control, phases);
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
