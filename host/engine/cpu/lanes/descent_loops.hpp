#pragma once

#include "host/engine/cpu/lanes/lane_columns.hpp"
#include "logmargin/stepping/descent.hpp"

namespace logmargin {

/// Steps points of one lane type, so many vectors in flight. They are in registers from the first step to the last.
/// For AVX2 this loop is in a file of its own, since it is fastest with other flags than all others.
template <class V, std::size_t in_flight>
void descend_points(double rate, std::int64_t t, std::int64_t steps,
                    const PointColumnsOf<typename lane_memory<V>::number>& points, std::size_t count) {
  using memory = lane_memory<V>;
  constexpr std::size_t group_size = memory::width * in_flight;
  static_assert(lane_block % group_size == 0);
  const V kappa(rate);
  for (std::size_t first = 0; first < count; first += group_size) {
    PointsInFlight<V, in_flight> group;
    for (std::size_t k = 0; k < in_flight; ++k) {
      const std::size_t at = first + k * memory::width;
      group.rate[k] = kappa;
      group.point[k] = {memory::load(points.correct + at), memory::load(points.wrong + at)};
      group.rise[k] = memory::load(points.rise + at);
    }
    descend(group, t, steps);
    for (std::size_t k = 0; k < in_flight; ++k) {
      const std::size_t at = first + k * memory::width;
      memory::store(group.point[k].correct, points.correct + at);
      memory::store(group.point[k].wrong, points.wrong + at);
      memory::store(group.rise[k], points.rise + at);
    }
  }
}

/// Steps networks with coupled points in the same way. The columns are those of CarriedNetwork.
template <class V, std::size_t in_flight>
void descend_networks(const Problem& problem, std::int64_t t, std::int64_t steps,
                      ColumnsOf<typename lane_memory<V>::number> state, std::size_t count) {
  constexpr std::size_t width = lane_memory<V>::width;
  static_assert(lane_block % (width * in_flight) == 0);
  NetworksInFlight<V, in_flight> group{Rates<V>(problem), {}};
  for (std::size_t first = 0; first < count; first += width * in_flight) {
    for (std::size_t k = 0; k < in_flight; ++k) load<V>(group.carried[k], state, first + k * width);
    descend(group, t, steps);
    for (std::size_t k = 0; k < in_flight; ++k) store<V>(group.carried[k], state, first + k * width);
  }
}

/// Returns the loops of one lane type.
template <class V, std::size_t points_in_flight, std::size_t networks_in_flight>
constexpr DescentLoops<typename lane_memory<V>::number> descent_loops() {
  return {descend_points<V, points_in_flight>, descend_networks<V, networks_in_flight>};
}

}  // namespace logmargin
