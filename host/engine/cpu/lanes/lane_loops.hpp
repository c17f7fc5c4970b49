#pragma once

#include <type_traits>

#include "host/engine/cpu/lanes/lane_columns.hpp"
#include "logmargin/closed_form/leap.hpp"
#include "logmargin/measure/limiting_margin.hpp"
#include "logmargin/stepping/method_state.hpp"
#include "logmargin/stepping/steady_point.hpp"

namespace logmargin {

/// step_loops holds the steps of one lane type, of doubles or of pairs. InFlight vectors advance together, to hide each
/// one's latency.
template <class V, std::size_t InFlight>
struct step_loops {
  using memory = lane_memory<V>;
  using number = typename memory::number;
  static constexpr std::size_t group = memory::width * InFlight;
  static_assert(lane_block % group == 0);
  /// Pairs have no steady steps: the choices that these would spare are fewer than the registers that they take.
  static constexpr bool has_steady_steps = std::is_same_v<number, double>;

  static void advance_points(double rate, number* correct, number* wrong, std::size_t count, std::int64_t steps) {
    const V kappa(rate);
    for (std::size_t first = 0; first < count; first += group) {
      PointState<V> points[InFlight];
      for (std::size_t k = 0; k < InFlight; ++k) {
        const std::size_t at = first + k * memory::width;
        points[k] = {memory::load(correct + at), memory::load(wrong + at)};
      }
      std::int64_t left = steps;
      if constexpr (has_steady_steps) {
        for (; rate <= largest_steady_rate<number> && left >= steady_steps; left -= steady_steps) {
          if (!advance_steady(kappa, points)) advance_each(kappa, points, steady_steps);
        }
      }
      advance_each(kappa, points, left);
      for (std::size_t k = 0; k < InFlight; ++k) {
        const std::size_t at = first + k * memory::width;
        memory::store(points[k].correct, correct + at);
        memory::store(points[k].wrong, wrong + at);
      }
    }
  }

  [[gnu::always_inline]] static void advance_each(V rate, PointState<V> (&points)[InFlight], std::int64_t steps) {
    for (std::int64_t step = 0; step < steps; ++step) {
#pragma GCC unroll 8
      for (std::size_t k = 0; k < InFlight; ++k) points[k] = gradient_step(rate, points[k]);
    }
  }

  /// Takes steady_steps steps if no neuron starts or stops firing meanwhile at any of the points. Otherwise it changes
  /// nothing and returns false.
  [[gnu::always_inline]] static bool advance_steady(V rate, PointState<V> (&points)[InFlight]) {
    SteadyPoint<V> steady[InFlight];
    bool stays = true;
    for (std::size_t k = 0; k < InFlight; ++k) {
      steady[k] = steady_point(rate, points[k]);
      stays = stays && memory::in_every_lane(within_steady_range(steady[k], largest_steady_margin<number>));
    }
    if (!stays) return false;
    for (std::int64_t step = 0; step < steady_steps; ++step) {
#pragma GCC unroll 8
      for (std::size_t k = 0; k < InFlight; ++k) steady[k] = steady_step(steady[k]);
    }
    for (std::size_t k = 0; k < InFlight; ++k)
      stays = stays && memory::in_every_lane(stayed_steady(points[k], steady[k]));
    if (!stays) return false;
    for (std::size_t k = 0; k < InFlight; ++k) points[k] = state_after(points[k], steady[k]);
    return true;
  }

  static void advance_networks(const Problem& problem, ColumnsOf<number> state, std::size_t count, std::int64_t steps) {
    constexpr std::size_t in_flight = InFlight > 1 ? InFlight / 2 : 1;
    const Rates<V> rates(problem);
    for (std::size_t first = 0; first < count; first += memory::width * in_flight) {
      Network<V> networks[in_flight];
      for (std::size_t k = 0; k < in_flight; ++k) load<V>(networks[k], state, first + k * memory::width);
      for (std::int64_t step = 0; step < steps; ++step) {
#pragma GCC unroll 8
        for (std::size_t k = 0; k < in_flight; ++k) networks[k] = gradient_step<true>(rates, networks[k]);
      }
      for (std::size_t k = 0; k < in_flight; ++k) store<V>(networks[k], state, first + k * memory::width);
    }
  }
};

/// lane_loops holds the loops behind SimdDispatchTable, for a lane type V of doubles and a lane type P of pairs.
template <class V, std::size_t InFlight, class P, std::size_t PairsInFlight>
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
    constexpr std::size_t in_flight = InFlight > 1 ? InFlight / 2 : 1;
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

  static constexpr SimdDispatchTable kernels(std::string_view name, const SettledLoops& settled,
                                             const SingleNetworkLoops& single) {
    using steps = step_loops<V, InFlight>;
    using pair_steps = step_loops<P, PairsInFlight>;
    return {name,
            static_cast<int>(memory::width),
            settled,
            single,
            steps::advance_points,
            steps::advance_networks,
            pair_steps::advance_points,
            pair_steps::advance_networks,
            advance_method,
            leap_climbs,
            observe,
            observe_in_space,
            add_to_fits,
            multiply_add};
  }
};

}  // namespace logmargin
