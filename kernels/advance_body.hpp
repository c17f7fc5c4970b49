#pragma once

#include "kernels/point_list.hpp"

namespace logmargin {

/// Several points in one thread, their states in registers from the first step to the last, so that the steps of one
/// fill the latency of the other's. Thread k of many takes the listed points k, k + threads, ...; neighbouring threads
/// read neighbouring list entries.
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
  for (std::int64_t step = 0; step < steps; ++step) {
    for (int k = 0; k < InFlight; ++k) correct[k] = settled_step(rate[k], correct[k]);
  }
  for (int k = 0; k < InFlight; ++k) {
    if (thread + static_cast<std::size_t>(k) * threads < count) points.correct(at[k]) = correct[k];
  }
}

template <int InFlight, class Number>
LOGMARGIN_HOST_DEVICE void advance_moving_points(const PointColumns<Number>& points, const std::uint32_t* listed,
                                                 std::size_t count, std::size_t thread, std::size_t threads,
                                                 std::int64_t steps) {
  std::size_t at[InFlight];
  Number rate[InFlight];
  PointState<Number> state[InFlight];
  for (int k = 0; k < InFlight; ++k) {
    const std::size_t entry = thread + static_cast<std::size_t>(k) * threads;
    at[k] = listed[entry < count ? entry : thread];
    rate[k] = points.rate(at[k]);
    state[k] = {points.correct(at[k]), points.wrong(at[k])};
  }
  for (std::int64_t step = 0; step < steps; ++step) {
    for (int k = 0; k < InFlight; ++k) state[k] = gradient_step(rate[k], state[k]);
  }
  for (int k = 0; k < InFlight; ++k) {
    if (thread + static_cast<std::size_t>(k) * threads >= count) continue;
    points.correct(at[k]) = state[k].correct;
    points.wrong(at[k]) = state[k].wrong;
  }
}

/// Both points of one network, side by side.
template <bool Coupled, class Number>
LOGMARGIN_HOST_DEVICE Network<Number> advance_network(const Rates<Number>& rates, Network<Number> network,
                                                      std::int64_t steps) {
  for (std::int64_t step = 0; step < steps; ++step) network = gradient_step<Coupled>(rates, network);
  return network;
}

/// Network i under a method, from t on, with what its optimiser remembers of it.
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
