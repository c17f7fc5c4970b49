#pragma once

#include "kernels/runtime/point_list.hpp"
#include "logmargin/stepping/method_state.hpp"

namespace logmargin {

/// Steps several points in one thread, so many steps from t on. Their states are in registers from the first step to
/// the last. Thread k of so many takes the listed points k, k + threads, ...; neighbouring threads read neighbouring
/// list entries.
template <std::size_t in_flight, class Number>
LOGMARGIN_HOST_DEVICE void advance_points_of_thread(const PointColumns<Number>& points, const std::uint32_t* listed,
                                                    std::size_t count, std::size_t thread, std::size_t threads,
                                                    std::int64_t t, std::int64_t steps) {
  // A thread with fewer points repeats its first and does not store it again.
  std::size_t at[in_flight];
  PointsInFlight<Number, in_flight> group;
  for (std::size_t k = 0; k < in_flight; ++k) {
    const std::size_t entry = thread + k * threads;
    at[k] = listed[entry < count ? entry : thread];
    group.rate[k] = points.rate(at[k]);
    group.point[k] = {points.correct(at[k]), points.wrong(at[k])};
    group.rise[k] = points.rise(at[k]);
  }
  descend(group, t, steps);
  for (std::size_t k = 0; k < in_flight; ++k) {
    if (thread + k * threads >= count) continue;
    points.correct(at[k]) = group.point[k].correct;
    points.wrong(at[k]) = group.point[k].wrong;
    points.rise(at[k]) = group.rise[k];
  }
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
