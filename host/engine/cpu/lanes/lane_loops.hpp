#pragma once

#include "host/engine/cpu/lanes/lane_columns.hpp"
#include "logmargin/closed_form/leap.hpp"
#include "logmargin/measure/limiting_margin.hpp"
#include "logmargin/stepping/method_state.hpp"

namespace logmargin {

/// lane_loops holds the loops behind SimdDispatchTable, for a lane type V of doubles. Under a method so many networks
/// are in flight.
template <class V, std::size_t in_flight>
struct lane_loops {
  using memory = lane_memory<V>;

  /// Observes each network and adds to its dip. look(network, at) returns the observation of what stands at that place.
  template <class Look>
  [[gnu::always_inline]] static void observe_each(const Problem& problem, ColumnsView state, std::size_t count,
                                                  const RecordedTime& time, ColumnsView dips, double* previous_ln_gap,
                                                  const ObservationView& seen, const Look& look) {
    const V limit(limiting_gap(problem));
    for (std::size_t at = 0; at < count; at += memory::width) {
      Network<V> network;
      load<V>(network, state, at);
      const Observation<V> observation = look(network, at);
      Dip<V> dip;
      load<V>(dip, dips, at);
      add(dip, time, observation);
      store<V>(dip, dips, at);
      V previous = memory::load(previous_ln_gap + at);
      const V exponent = local_log_exponent(previous, time, observation, limit);
      memory::store(previous, previous_ln_gap + at);
      const RecordedValues<V> values = recorded_values(observation, exponent);
      for (int q = 0; q < RecordedQuantities::quantities; ++q) memory::store(values.value[q], seen.quantity[q] + at);
      memory::store(excess_gap(observation, limit), seen.excess_gap + at);
      memory::store(observation.pattern, seen.pattern + at);
      memory::store(observation.classified, seen.classified + at);
    }
  }

  static void observe(const Problem& problem, ColumnsView state, std::size_t count, const RecordedTime& time,
                      ColumnsView dips, double* previous_ln_gap, const ObservationView& seen) {
    observe_each(
        problem, state, count, time, dips, previous_ln_gap,
        seen, [&](const Network<V>& network, std::size_t) __attribute__((always_inline)) {
          return logmargin::observe(problem, network);
        });
  }

  static void observe_in_space(const Problem& problem, ColumnsView state, ColumnsView orthogonal_components,
                               std::size_t count, const RecordedTime& time, ColumnsView dips, double* previous_ln_gap,
                               const ObservationView& seen) {
    observe_each(
        problem, state, count, time, dips, previous_ln_gap,
        seen, [&](const Network<V>& network, std::size_t at) __attribute__((always_inline)) {
          OrthogonalComponent<V> orthogonal;
          load<V>(orthogonal, orthogonal_components, at);
          return logmargin::observe(problem, network, orthogonal);
        });
  }

  static void add_to_fits(const double* excess_gap, std::size_t count, const RecordedTime& time, ColumnsView fit_sums) {
    for (std::size_t at = 0; at < count; at += memory::width) {
      FitSums<V> sums;
      load<V>(sums, fit_sums, at);
      add(sums, time, memory::load(excess_gap + at));
      store<V>(sums, fit_sums, at);
    }
  }

  static void advance_method(const Problem& problem, ColumnsView state, ColumnsView remembered_columns,
                             std::size_t count, double t, std::int64_t steps) {
    visit_method(
        problem.method, [&](auto optimizer, auto loss) __attribute__((always_inline)) {
          advance_under<decltype(optimizer), decltype(loss)>(problem, state, remembered_columns, count, t, steps);
        });
  }

  static void leap_climbs(double log_rate, const double* phase, double t, double* value, std::size_t count) {
    for (std::size_t at = 0; at < count; at += memory::width) {
      const V from = memory::load(phase + at);
      const V climbed = at_phase(log_rate, from, t);
      memory::store(lane<V>::select(from == from, climbed, memory::load(value + at)), value + at);
    }
  }

  static double multiply_add(std::int64_t rounds) {
    V chain[fma_chains];
    for (int k = 0; k < fma_chains; ++k) chain[k] = V(1.0 + k);
    const V factor(0.999);
    for (std::int64_t round = 0; round < rounds; ++round) {
#pragma GCC unroll 12
      for (int k = 0; k < fma_chains; ++k) chain[k] = lane<V>::fma(chain[k], factor, V(1e-3));
    }
    V sum = chain[0];
    for (int k = 1; k < fma_chains; ++k) sum = sum + chain[k];
    alignas(64) double values[memory::width];
    memory::store(sum, values);
    return values[0];
  }

  template <class Optimizer, class OfLoss>
  static void advance_under(const Problem& problem, ColumnsView state, ColumnsView remembered_columns,
                            std::size_t count, double t, std::int64_t steps) {
    const Setting<V> setting(problem);
    for (std::size_t first = 0; first < count; first += memory::width * in_flight) {
      Network<V> networks[in_flight];
      typename Optimizer::template Memory<V> remembered[in_flight];
      for (std::size_t k = 0; k < in_flight; ++k) {
        load<V>(networks[k], state, first + k * memory::width);
        load<V>(remembered[k], remembered_columns, first + k * memory::width);
      }
      for (std::int64_t step = 0; step < steps; ++step) {
        take_step<Optimizer, OfLoss>(setting, t + static_cast<double>(step), networks, remembered);
      }
      for (std::size_t k = 0; k < in_flight; ++k) {
        store<V>(networks[k], state, first + k * memory::width);
        store<V>(remembered[k], remembered_columns, first + k * memory::width);
      }
    }
  }

  static constexpr SimdDispatchTable kernels(std::string_view name, const DescentLoops<double>& descent,
                                             const DescentLoops<Pair<float>>& pair_descent,
                                             const SingleNetworkLoops& single) {
    return {name,
            static_cast<int>(memory::width),
            descent,
            pair_descent,
            single,
            advance_method,
            leap_climbs,
            observe,
            observe_in_space,
            add_to_fits,
            multiply_add};
  }
};

}  // namespace logmargin
