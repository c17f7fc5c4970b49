#pragma once

#include "kernels/runtime/network_kind.hpp"
#include "kernels/runtime/point_list.hpp"
#include "logmargin/stepping/method_state.hpp"
#include "logmargin/stepping/steady_point.hpp"

namespace logmargin {

/// Calls step() so many times, eight to a round: a GPU loads the constants of a step once a round.
template <class Step>
LOGMARGIN_HOST_DEVICE void repeat(std::int64_t steps, const Step& step) {
  constexpr int round = 8;
  std::int64_t left = steps;
  for (; left >= round; left -= round) {
    for (int k = 0; k < round; ++k) step();
  }
  for (; left > 0; --left) step();
}

/// A coupled network takes so many steps between two looks at whether it has settled on the way.
inline constexpr std::int64_t steps_between_looks = 64;

/// LoneLane answers what a launch asks of the lanes of a warp: whether something holds for all of them. On the CPU a
/// warp has one lane.
struct LoneLane {
  LOGMARGIN_HOST_DEVICE bool operator()(bool holds) const { return holds; }
};

/// Steps several settled points in one thread. Their states are in registers from the first step to the last, so that
/// the steps of one point fill the latency of the other's. Thread k of so many takes the listed points k, k + threads,
/// ...; neighbouring threads read neighbouring list entries.
template <int InFlight, class Number>
LOGMARGIN_HOST_DEVICE void advance_settled_points(const PointColumns<Number>& points, const std::uint32_t* listed,
                                                  std::size_t count, std::size_t thread, std::size_t threads,
                                                  std::int64_t steps) {
  // A thread with fewer points repeats its first and does not store it again.
  std::size_t at[InFlight];
  Number rate[InFlight], correct[InFlight];
  for (int k = 0; k < InFlight; ++k) {
    const std::size_t entry = thread + static_cast<std::size_t>(k) * threads;
    at[k] = listed[entry < count ? entry : thread];
    rate[k] = points.rate(at[k]);
    correct[k] = points.correct(at[k]);
  }
  repeat(steps, [&] {
    for (int k = 0; k < InFlight; ++k) correct[k] = settled_step(rate[k], correct[k]);
  });
  for (int k = 0; k < InFlight; ++k) {
    if (thread + static_cast<std::size_t>(k) * threads < count) points.correct(at[k]) = correct[k];
  }
}

/// Steps points that are all settled or dead.
template <int InFlight, class Number>
LOGMARGIN_HOST_DEVICE void advance_points_at_rest(const Number (&rate)[InFlight], PointState<Number> (&state)[InFlight],
                                                  std::int64_t steps) {
  Number correct[InFlight];
  // Dead points stay as they are: what is computed in their place is dropped.
  for (int k = 0; k < InFlight; ++k) correct[k] = positive(state[k].correct) ? state[k].correct : Number(0.0);
  repeat(steps, [&] {
    for (int k = 0; k < InFlight; ++k) correct[k] = settled_step(rate[k], correct[k]);
  });
  for (int k = 0; k < InFlight; ++k) {
    if (positive(state[k].correct)) state[k].correct = correct[k];
  }
}

/// Takes steady_steps steps if no neuron starts or stops firing meanwhile at any point of the whole warp. Otherwise it
/// changes nothing and returns false.
template <int InFlight, class Number, class AllOfWarp>
LOGMARGIN_HOST_DEVICE bool advance_steady_points(const Number (&rate)[InFlight], PointState<Number> (&state)[InFlight],
                                                 const AllOfWarp& all_of_warp) {
  SteadyPoint<Number> steady[InFlight];
  bool stays = true;
  for (int k = 0; k < InFlight; ++k) {
    steady[k] = steady_point(rate[k], state[k]);
    stays = stays && widen(rate[k]) <= largest_steady_rate<Number> &&
            within_steady_range(steady[k], largest_steady_margin<Number>);
  }
  if (!all_of_warp(stays)) return false;
  repeat(steady_steps, [&] {
    for (int k = 0; k < InFlight; ++k) steady[k] = steady_step(steady[k]);
  });
  for (int k = 0; k < InFlight; ++k) stays = stays && stayed_steady(state[k], steady[k]);
  if (!all_of_warp(stays)) return false;
  for (int k = 0; k < InFlight; ++k) state[k] = state_after(state[k], steady[k]);
  return true;
}

template <int InFlight, class Number, class AllOfWarp>
LOGMARGIN_HOST_DEVICE void advance_moving_points(const PointColumns<Number>& points, const std::uint32_t* listed,
                                                 std::size_t count, std::size_t thread, std::size_t threads,
                                                 std::int64_t steps, const AllOfWarp& all_of_warp) {
  std::size_t at[InFlight];
  Number rate[InFlight];
  PointState<Number> state[InFlight];
  for (int k = 0; k < InFlight; ++k) {
    const std::size_t entry = thread + static_cast<std::size_t>(k) * threads;
    at[k] = listed[entry < count ? entry : thread];
    rate[k] = points.rate(at[k]);
    state[k] = {points.correct(at[k]), points.wrong(at[k])};
  }
  for (std::int64_t left = steps; left > 0;) {
    bool at_rest = true;
    for (int k = 0; k < InFlight; ++k) at_rest = at_rest && kind_of(rate[k], state[k]) != PointKind::moving;
    if (all_of_warp(at_rest)) {
      advance_points_at_rest(rate, state, left);
      break;
    }
    const std::int64_t now = left < steady_steps ? left : steady_steps;
    left -= now;
    if (now == steady_steps && advance_steady_points(rate, state, all_of_warp)) continue;
    for (std::int64_t step = 0; step < now; ++step) {
      for (int k = 0; k < InFlight; ++k) state[k] = gradient_step(rate[k], state[k]);
    }
  }
  for (int k = 0; k < InFlight; ++k) {
    if (thread + static_cast<std::size_t>(k) * threads >= count) continue;
    points.correct(at[k]) = state[k].correct;
    points.wrong(at[k]) = state[k].wrong;
  }
}

/// Steps one network, both points side by side.
template <bool Coupled, class Number>
LOGMARGIN_HOST_DEVICE Network<Number> advance_network(const Rates<Number>& rates, Network<Number> network,
                                                      std::int64_t steps) {
  for (std::int64_t step = 0; step < steps; ++step) network = gradient_step<Coupled>(rates, network);
  return network;
}

/// Steps a network that has settled.
template <class Number>
LOGMARGIN_HOST_DEVICE Network<Number> advance_settled_network(const Rates<Number>& rates, Network<Number> network,
                                                              std::int64_t steps) {
  repeat(steps, [&] { network = settled_step(rates, network); });
  return network;
}

/// Steps a whole network of coupled points. If all networks of the warp have settled or are dead, it takes the short
/// step.
template <class Number, class AllOfWarp>
LOGMARGIN_HOST_DEVICE Network<Number> advance_coupled_network(const Rates<Number>& rates, Network<Number> network,
                                                              std::int64_t steps, const AllOfWarp& all_of_warp) {
  for (std::int64_t left = steps; left > 0;) {
    const bool settled = is_settled(rates, network);
    if (all_of_warp(settled || kind_of(network) == NetworkKind::idle)) {
      const Network<Number> moved = advance_settled_network(rates, settled ? network : Network<Number>{}, left);
      return settled ? moved : network;
    }
    const std::int64_t now = left < steps_between_looks ? left : steps_between_looks;
    network = advance_network<true>(rates, network, now);
    left -= now;
  }
  return network;
}

/// Steps network i under a method, from t on, with what its optimiser remembers of it.
template <class Optimizer, class OfLoss>
LOGMARGIN_HOST_DEVICE void advance_under_method(const DeviceColumns<double>& state, std::size_t i,
                                                const Problem& problem, double t, std::int64_t steps) {
  using Memory = typename Optimizer::template Memory<double>;
  auto network = state.load<Network<double>>(0, i);
  auto memory = state.load<Memory>(network_columns, i);
  advance_under<Optimizer, OfLoss>(Setting<double>(problem), t, steps, network, memory);
  state.store(network, 0, i);
  state.store(memory, network_columns, i);
}

}  // namespace logmargin
