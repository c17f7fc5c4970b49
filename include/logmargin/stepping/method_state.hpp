#pragma once

#include <cstdint>
#include <type_traits>

#include "logmargin/measure/outcome.hpp"

namespace logmargin {

/// MethodState is a network with what its optimiser remembers of it, outside the step loops; the memory is kept as its
/// columns.
struct MethodState {
  Network<double> network;
  double memory[most_memory_columns];
};

template <class Visit>
LOGMARGIN_HOST_DEVICE void for_each_column(MethodState& state, Visit&& visit) {
  for_each_column(state.network, visit);
  for (double& value : state.memory) visit(value);
}

/// Returns the state at t = 0. orthogonal_square: see Start.
LOGMARGIN_HOST_DEVICE MethodState start_of(const Problem& problem, const Network<double>& initial,
                                           double orthogonal_square = 0.0) {
  MethodState state = {initial, {}};
  visit_method(problem.method, [&](auto optimizer, auto) LOGMARGIN_INLINED {
    auto memory = decltype(optimizer)::start(Setting<double>(problem), Start<double>{initial, orthogonal_square});
    int c = 0;
    for_each_column(memory, [&](double& value) LOGMARGIN_INLINED { state.memory[c++] = value; });
  });
  return state;
}

/// Takes a network by so many steps from t on, each computed.
template <class Optimizer, class OfLoss, class V>
LOGMARGIN_HOST_DEVICE void advance_under(const Setting<V>& setting, double t, std::int64_t steps, Network<V>& network,
                                         typename Optimizer::template Memory<V>& memory) {
  using Memory = typename Optimizer::template Memory<V>;
  Network<V> networks[1] = {network};
  Memory memories[1] = {memory};
  for (std::int64_t step = 0; step < steps; ++step) {
    take_step<Optimizer, OfLoss>(setting, t + static_cast<double>(step), networks, memories);
  }
  network = networks[0];
  memory = memories[0];
}

/// Does the same for a whole state, whose method is chosen at run time.
LOGMARGIN_HOST_DEVICE void advance_state(const Problem& problem, double t, std::int64_t steps, MethodState& state) {
  visit_method(problem.method, [&](auto optimizer, auto loss) LOGMARGIN_INLINED {
    using Optimizer = decltype(optimizer);
    typename Optimizer::template Memory<double> memory{};
    int c = 0;
    for_each_column(memory, [&](double& value) LOGMARGIN_INLINED { value = state.memory[c++]; });
    Network<double> network = state.network;
    advance_under<Optimizer, decltype(loss)>(Setting<double>(problem), t, steps, network, memory);
    state.network = network;
    c = 0;
    for_each_column(memory, [&](double& value) LOGMARGIN_INLINED { state.memory[c++] = value; });
  });
}

/// Returns what a network's orthogonal component has been scaled by under a method; see OptimizerFacts.
LOGMARGIN_HOST_DEVICE double orthogonal_scale(const Method& method, const MethodState& state) {
  double scale = 1.0;
  Optimizers::visit(method.optimizer, [&](auto optimizer) LOGMARGIN_INLINED {
    constexpr int column = decltype(optimizer)::facts.orthogonal_scale_column;
    if constexpr (column >= 0) scale = state.memory[column];
  });
  return scale;
}

/// Returns whether the step at t does not move an active pre-activation, although it should in real arithmetic.
LOGMARGIN_HOST_DEVICE bool stagnates(const Problem& problem, double t, const MethodState& state) {
  bool may_rest = false;
  visit_method(problem.method, [&](auto optimizer, auto) LOGMARGIN_INLINED {
    constexpr bool of_optimizer = decltype(optimizer)::facts.may_rest;
    may_rest = of_optimizer;
  });
  if (may_rest) return false;
  MethodState next = state;
  advance_state(problem, t, 1, next);
  const Network<double>& now = state.network;
  return (now.z11 > 0.0 && next.network.z11 == now.z11) || (now.z12 > 0.0 && next.network.z12 == now.z12) ||
         (now.z21 > 0.0 && next.network.z21 == now.z21) || (now.z22 > 0.0 && next.network.z22 == now.z22);
}

/// Returns whether what an optimiser remembers of earlier steps may make a neuron fire at a dead point: a velocity that
/// leads up, and beyond zero if it falls no faster than like 1/t^2.
LOGMARGIN_HOST_DEVICE bool coasts_to_wake(const Problem& problem, double t, const MethodState& state) {
  bool wakes = false;
  visit_method(problem.method, [&](auto optimizer, auto) LOGMARGIN_INLINED {
    using Memory = typename decltype(optimizer)::template Memory<double>;
    if constexpr (std::is_same_v<Memory, NetworkMemory<double>>) {
      const double* velocity = state.memory;
      const Network<double>& z = state.network;
      const auto rises = [&](double value, double speed) LOGMARGIN_INLINED { return value + speed * (t + 3.0) > 0.0; };
      const bool first_dead = !(z.z11 > 0.0) && !(z.z21 > 0.0);
      const bool second_dead = !(z.z22 > 0.0) && !(z.z12 > 0.0);
      wakes = (first_dead && (rises(z.z11, velocity[0]) || rises(z.z21, velocity[2]))) ||
              (second_dead && (rises(z.z12, velocity[1]) || rises(z.z22, velocity[3])));
    }
  });
  return wakes;
}

/// Returns the outcome of a network stepped to t, as classify does, for any method.
LOGMARGIN_HOST_DEVICE Outcome classify(const Problem& problem, double t, const MethodState& state) {
  Outcome outcome = classify(problem, state.network, false);
  if (outcome == Outcome::stuck && !problem.has_orthogonal_points() && coasts_to_wake(problem, t, state)) {
    outcome = Outcome::dormant;
  }
  const bool moves = outcome != Outcome::diverged && outcome != Outcome::stuck;
  return moves && stagnates(problem, t, state) ? Outcome::stagnated : outcome;
}

}  // namespace logmargin
