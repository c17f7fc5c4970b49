#pragma once

#include <type_traits>

#include "kernels/counted_value.hpp"
#include "kernels/initialise_body.hpp"
#include "kernels/path_columns.hpp"
#include "kernels/tally_shape.hpp"
#include "logmargin/horizon_values.hpp"
#include "logmargin/method_state.hpp"
#include "logmargin/time_to_gap.hpp"

namespace logmargin {

/// The fit that is counted, where its sums are, and the first of the run's fits.
struct CountedFit {
  FitWindow window;
  int column;
  FitWindow first_window;
  int first_column;
};

/// How networks under gradient descent on the exponential loss stand.
struct PlainStates {
  template <class Number>
  LOGMARGIN_HOST_DEVICE static Outcome outcome(const TrialSource& source, double, const DeviceColumns<Number>& state,
                                               std::size_t i) {
    return classify(source.problem, state.template load<Network<Number>>(0, i), !source.leaps());
  }
};

/// The same under any method, of networks stepped to reached_t.
struct MethodStates {
  LOGMARGIN_HOST_DEVICE static Outcome outcome(const TrialSource& source, double reached_t,
                                               const DeviceColumns<double>& state, std::size_t i) {
    return classify(source.problem, reached_t, state.load<MethodState>(0, i));
  }
};

/// The same under a method without steps: nothing stagnates on a path, but one may have been given up.
struct PathStates {
  LOGMARGIN_HOST_DEVICE static DirectPath path(const DeviceColumns<double>& state, std::size_t i) {
    return unpacked(state.load<PathColumns>(network_columns, i));
  }
  LOGMARGIN_HOST_DEVICE static Outcome outcome(const TrialSource& source, double, const DeviceColumns<double>& state,
                                               std::size_t i) {
    if (path(state, i).given_up()) return Outcome::unresolved;
    return classify(source.problem, state.load<Network<double>>(0, i), false);
  }
};

/// What a network shows at the horizon of its state. States as for finish_network.
template <class States, class Number>
LOGMARGIN_HOST_DEVICE Observation<double> observe_finished(const TrialSource& source,
                                                           const NetworkColumns<Number>& columns, std::size_t i) {
  const Problem& problem = source.problem;
  const auto network = widen(columns.state.template load<Network<Number>>(0, i));
  if (!problem.in_space) return observe(problem, network);
  auto frozen = columns.tracks.template load<FrozenPart<double>>(first_frozen_column, i);
  if constexpr (std::is_same_v<States, MethodStates>) {
    frozen = frozen_scale(problem.method, columns.state.template load<MethodState>(0, i)) * frozen;
  }
  return observe(problem, network, frozen);
}

/// What one network shows at the horizon, of one fit.
struct FinishedNetwork {
  HorizonValues values;
  Dip<double> dip;
  FitValues fit;
  LawCheck law;
  double unresolved_t;
  bool changed_law;
};

/// States: PlainStates, MethodStates or PathStates.
template <class States, class Number>
LOGMARGIN_HOST_DEVICE FinishedNetwork finish_network(const TrialSource& source, double reached_t, const CountedFit& fit,
                                                     const NetworkColumns<Number>& columns, std::size_t i) {
  const auto network = columns.state.template load<Network<Number>>(0, i);
  const Outcome outcome = States::outcome(source, reached_t, columns.state, i);
  FinishedNetwork finished{};
  if constexpr (std::is_same_v<States, PathStates>) {
    if (outcome == Outcome::unresolved) finished.unresolved_t = reached_t_of(States::path(columns.state, i));
  }
  finished.values =
      horizon_values(source.problem, widen(network), observe_finished<States>(source, columns, i), outcome, reached_t);
  if (!finished.values.converging()) return finished;
  finished.dip = columns.tracks.template load<Dip<double>>(0, i);
  finished.fit = fit_values(finished.values, columns.tracks.template load<FitSums<double>>(fit.column, i), fit.window);
  finished.law = check_law(source.problem, finished.values, finished.fit.constant_ratio, reached_t);
  if (fit.first_column != fit.column) {
    const RateFit first =
        fit_rates(columns.tracks.template load<FitSums<double>>(fit.first_column, i), fit.first_window);
    finished.changed_law = first.best == FittedLaw::power_exponent && finished.fit.rates.best == FittedLaw::inverse_log;
  }
  return finished;
}

/// The values' pieces, in the order of HorizonShape.
struct CountedHorizon {
  CountedValue value[HorizonShape::quantities];
};

LOGMARGIN_HOST_DEVICE_CALLED CountedHorizon counted_horizon(const FinishedNetwork& finished) {
  using Shape = HorizonShape;
  double value[Shape::quantities];
  value[Shape::dip_margin] = finished.dip.margin;
  value[Shape::inverse_log_constant] = finished.fit.rates.inverse_log_constant;
  value[Shape::theory_constant] = finished.values.limiting_constant;
  value[Shape::constant_ratio] = finished.fit.constant_ratio;
  value[Shape::inverse_log_r2] = finished.fit.rates.inverse_log_r2;
  value[Shape::log_exponent] = finished.fit.rates.log_exponent;
  value[Shape::power_exponent] = finished.fit.rates.power_exponent;
  value[Shape::margin] = finished.values.margin;
  value[Shape::excess] = finished.values.excess;
  value[Shape::log10_t_of_law] = finished.values.log10_t_of_law;
  value[Shape::unresolved_log10_t] = logarithm(finished.unresolved_t) * inverse_of_ln_10;
  CountedHorizon counted;
  for (int q = 0; q < Shape::quantities; ++q) {
    const bool wanted =
        q == Shape::unresolved_log10_t ? finished.values.outcome == Outcome::unresolved : finished.values.converging();
    counted.value[q] = counted_value(Shape::window(q), wanted, value[q]);
  }
  return counted;
}

/// Some of the thresholds, whose t_eps are found together: a network's way there is the same for all.
struct Thresholds {
  static constexpr std::size_t most = 8;

  double value[most];
  std::size_t count;
};

/// How log10 t_eps of trials that converge are found. Of: PlainStates or PathStates.
template <class Of, bool in_space>
struct TimesOf {
  using States = Of;

  LOGMARGIN_HOST_DEVICE static void find(const TrialSource& source, std::uint64_t trial, const Thresholds& thresholds,
                                         double* log10_t) {
    if constexpr (in_space) {
      const SpatialStart start = start_in_space(source, trial);
      const Network<double> network = network_from_weights(source.problem, start.on_line);
      log10_times_to_gap(NetworkInSpace{start.frozen}, source.problem, network, thresholds.value, thresholds.count,
                         log10_t);
    } else {
      log10_times_to_gap(NetworkOnLine{}, source.problem, initial_network(source, trial), thresholds.value,
                         thresholds.count, log10_t);
    }
  }
};

/// Whether network i has t_eps at all: it converges. Times: a TimesOf.
template <class Times, class Number>
LOGMARGIN_HOST_DEVICE bool has_times_to_gap(const TrialSource& source, const NetworkColumns<Number>& columns,
                                            std::size_t i) {
  return Times::States::outcome(source, 0.0, columns.state, i) == Outcome::converging;
}

/// The pieces of a time; what is no time, being infinite or NaN, is not counted.
LOGMARGIN_HOST_DEVICE CountedValue counted_time(double log10_t) {
  return counted_value(TimeShape::window(0), true, log10_t);
}

/// Precondition: log10_t, of log10_times_to_gap, is not finite.
LOGMARGIN_HOST_DEVICE int time_category(double log10_t) {
  if (log10_t == gap_never_above) return TimeShape::never_above;
  return log10_t == gap_never_within ? TimeShape::never_within : TimeShape::not_known;
}

}  // namespace logmargin
