#pragma once

#include "kernels/counted_value.hpp"
#include "kernels/initialise_body.hpp"
#include "kernels/tally_shape.hpp"
#include "logmargin/flow_time_to_gap.hpp"
#include "logmargin/horizon_values.hpp"
#include "logmargin/method_state.hpp"

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

/// The same under a method without steps: nothing stagnates on a path.
struct PathStates {
  LOGMARGIN_HOST_DEVICE static Outcome outcome(const TrialSource& source, double, const DeviceColumns<double>& state,
                                               std::size_t i) {
    return classify(source.problem, state.load<Network<double>>(0, i), false);
  }
};

/// What one network shows at the horizon, of one fit.
struct FinishedNetwork {
  HorizonValues values;
  Dip<double> dip;
  FitValues fit;
  bool changed_law;
};

/// States: PlainStates, MethodStates or PathStates.
template <class States, class Number>
LOGMARGIN_HOST_DEVICE FinishedNetwork finish_network(const TrialSource& source, double reached_t, const CountedFit& fit,
                                                     const NetworkColumns<Number>& columns, std::size_t i) {
  const auto network = columns.state.template load<Network<Number>>(0, i);
  const Outcome outcome = States::outcome(source, reached_t, columns.state, i);
  FinishedNetwork finished{};
  finished.values = horizon_values(source.problem, widen(network), outcome);
  if (!finished.values.converging()) return finished;
  finished.dip = columns.tracks.template load<Dip<double>>(0, i);
  finished.fit = fit_values(finished.values, columns.tracks.template load<FitSums<double>>(fit.column, i), fit.window);
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

LOGMARGIN_HOST_DEVICE CountedHorizon counted_horizon(const FinishedNetwork& finished) {
  using Shape = HorizonShape;
  double value[Shape::quantities];
  value[Shape::dip_margin] = finished.dip.margin;
  value[Shape::inverse_log_constant] = finished.fit.rates.inverse_log_constant;
  value[Shape::theory_constant] = finished.values.limiting_constant;
  value[Shape::constant_ratio] = finished.fit.constant_ratio;
  value[Shape::inverse_log_r2] = finished.fit.rates.inverse_log_r2;
  value[Shape::log_exponent] = finished.fit.rates.log_exponent;
  value[Shape::power_exponent] = finished.fit.rates.power_exponent;
  CountedHorizon counted;
  for (int q = 0; q < Shape::quantities; ++q) {
    counted.value[q] = counted_value(Shape::window(q), finished.values.converging(), value[q]);
  }
  return counted;
}

/// Some of the thresholds, whose t_eps are found together: a network's way there is the same for all.
struct Thresholds {
  static constexpr std::size_t most = 8;

  double value[most];
  std::size_t count;
};

/// How log10 t_eps of trials that converge are found: on the line under methods that take steps.
struct TimesOnLine {
  using States = PlainStates;

  LOGMARGIN_HOST_DEVICE static void find(const TrialSource& source, std::uint64_t trial, const Thresholds& thresholds,
                                         double* log10_t) {
    log10_times_to_gap(source.problem, initial_network(source, trial), thresholds.value, thresholds.count, log10_t);
  }
};

/// The same in space.
struct TimesInSpace {
  using States = PlainStates;

  LOGMARGIN_HOST_DEVICE static void find(const TrialSource& source, std::uint64_t trial, const Thresholds& thresholds,
                                         double* log10_t) {
    const SpatialStart start = start_in_space(source, trial);
    const Network<double> network = network_from_weights(source.problem, start.on_line);
    log10_times_to_gap(source.problem, network, start.frozen, thresholds.value, thresholds.count, log10_t);
  }
};

/// On the line under a method without steps.
struct TimesOnPaths {
  using States = PathStates;

  LOGMARGIN_HOST_DEVICE static void find(const TrialSource& source, std::uint64_t trial, const Thresholds& thresholds,
                                         double* log10_t) {
    log10_flow_times_to_gap(NetworkOnLine{}, source.problem, initial_network(source, trial), thresholds.value,
                            thresholds.count, log10_t);
  }
};

/// The same in space.
struct TimesOnPathsInSpace {
  using States = PathStates;

  LOGMARGIN_HOST_DEVICE static void find(const TrialSource& source, std::uint64_t trial, const Thresholds& thresholds,
                                         double* log10_t) {
    const SpatialStart start = start_in_space(source, trial);
    const Network<double> network = network_from_weights(source.problem, start.on_line);
    log10_flow_times_to_gap(NetworkInSpace{start.frozen}, source.problem, network, thresholds.value, thresholds.count,
                            log10_t);
  }
};

/// Whether network i has t_eps at all: it converges. Times: one of those above.
template <class Times, class Number>
LOGMARGIN_HOST_DEVICE bool has_times_to_gap(const TrialSource& source, const NetworkColumns<Number>& columns,
                                            std::size_t i) {
  return Times::States::outcome(source, 0.0, columns.state, i) == Outcome::converging;
}

/// The pieces of a time; -infinity, for never above, is not counted among the values.
LOGMARGIN_HOST_DEVICE CountedValue counted_time(double log10_t) {
  return counted_value(TimeShape::window(0), true, log10_t);
}

LOGMARGIN_HOST_DEVICE bool never_above(double log10_t) { return log10_t == -std::numeric_limits<double>::infinity(); }

}  // namespace logmargin
