#pragma once

#include "host/engine/cpu/lanes/lane_columns.hpp"
#include "logmargin/model/gradient_step.hpp"

namespace logmargin {

/// Steps settled points of one lane type, of doubles or of pairs. It steps the correct pre-activations alone, without
/// the choices that other points need. It is apart from the other loops because it is fastest with flags of its own.
template <class V, std::size_t InFlight>
void advance_settled_points(double rate, typename lane_memory<V>::number* correct, std::size_t count,
                            std::int64_t steps) {
  using memory = lane_memory<V>;
  constexpr std::size_t group = memory::width * InFlight;
  static_assert(lane_block % group == 0);
  const V kappa(rate);
  for (std::size_t first = 0; first < count; first += group) {
    V points[InFlight];
    for (std::size_t k = 0; k < InFlight; ++k) points[k] = memory::load(correct + first + k * memory::width);
    for (std::int64_t step = 0; step < steps; ++step) {
#pragma GCC unroll 8
      for (std::size_t k = 0; k < InFlight; ++k) points[k] = settled_step(kappa, points[k]);
    }
    for (std::size_t k = 0; k < InFlight; ++k) memory::store(points[k], correct + first + k * memory::width);
  }
}

/// Steps settled networks with coupled points in the same way.
template <class V, std::size_t InFlight>
void advance_settled_networks(const Problem& problem, ColumnsOf<typename lane_memory<V>::number> state,
                              std::size_t count, std::int64_t steps) {
  constexpr std::size_t group = lane_memory<V>::width * InFlight;
  static_assert(lane_block % group == 0);
  const Rates<V> rates(problem);
  for (std::size_t first = 0; first < count; first += group) {
    Network<V> networks[InFlight];
    for (std::size_t k = 0; k < InFlight; ++k) load<V>(networks[k], state, first + k * lane_memory<V>::width);
    for (std::int64_t step = 0; step < steps; ++step) {
#pragma GCC unroll 8
      for (std::size_t k = 0; k < InFlight; ++k) networks[k] = settled_step(rates, networks[k]);
    }
    for (std::size_t k = 0; k < InFlight; ++k) store<V>(networks[k], state, first + k * lane_memory<V>::width);
  }
}

/// Returns the settled loops of SimdDispatchTable, for a lane type V of doubles and a lane type P of pairs.
template <class V, std::size_t InFlight, class P, std::size_t PairsInFlight>
constexpr SettledLoops settled_loops() {
  return {advance_settled_points<V, InFlight>, advance_settled_points<P, PairsInFlight>,
          advance_settled_networks<V, InFlight / 2>, advance_settled_networks<P, PairsInFlight / 2>};
}

}  // namespace logmargin
