#pragma once

#include "kernels/device/initialise_body.hpp"
#include "kernels/tally/binned_value.hpp"
#include "kernels/tally/tally_layout.hpp"
#include "logmargin/measure/horizon_values.hpp"
#include "logmargin/stepping/time_to_gap.hpp"

namespace logmargin {

/// CountedFit names the fit that is counted, where its sums are, and the first of the run's fits.
struct CountedFit {
  FitWindow window;
  int column;
  FitWindow first_window;
  int first_column;
};

/// FinishedNetwork is what one network shows at the horizon, for one fit.
struct FinishedNetwork {
  HorizonValues values;
  Dip<double> dip;
  FitValues fit;
  LawCheck law;
  double unresolved_t;
  bool changed_law;
};

/// Returns what a network shows whose stepper has come to reached_t.
template <class Stepper>
LOGMARGIN_HOST_DEVICE FinishedNetwork finish_network(const Problem& problem, double reached_t, const CountedFit& fit,
                                                     const NetworkColumns<typename Stepper::Number>& columns,
                                                     std::size_t i) {
  const auto stepper = load_stepper<Stepper>(columns.state, i);
  const Network<double> network = widen(stepper.network);
  const Observation<double> seen =
      problem.multi_dimensional
          ? observe(problem, network,
                    stepper.orthogonal_scale(problem) *
                        columns.tracks.template load<OrthogonalComponent<double>>(first_orthogonal_column, i))
          : observe(problem, network);
  FinishedNetwork finished{};
  finished.values = horizon_values(problem, network, seen, stepper.outcome(problem, reached_t), reached_t);
  finished.unresolved_t = stepper.unresolved_t();
  if (!finished.values.converging()) return finished;
  finished.dip = columns.tracks.template load<Dip<double>>(0, i);
  finished.fit = fit_values(finished.values, columns.tracks.template load<FitSums<double>>(fit.column, i), fit.window);
  finished.law = check_law(problem, finished.values, finished.fit.constant_ratio, reached_t);
  if (fit.first_column != fit.column) {
    const RateFit first =
        fit_rates(columns.tracks.template load<FitSums<double>>(fit.first_column, i), fit.first_window);
    finished.changed_law = first.best == FittedLaw::power_exponent && finished.fit.rates.best == FittedLaw::inverse_log;
  }
  return finished;
}

/// CountedHorizon holds the values as the counters take them, in the order of HorizonShape.
struct CountedHorizon {
  BinnedValue value[HorizonShape::quantities];
};

LOGMARGIN_HOST_DEVICE_CALLED CountedHorizon counted_horizon(const FinishedNetwork& finished) {
  using Shape = HorizonShape;
  const auto at_horizon =
      horizon_quantities(finished.values, finished.dip.margin, logarithm(finished.unresolved_t) * inverse_of_ln_10);
  const auto of_fit = fit_quantities(finished.fit);
  CountedHorizon counted;
  for (int q = 0; q < HorizonQuantities::quantities; ++q) {
    const bool wanted = HorizonQuantities::is_of(q, finished.values.outcome);
    counted.value[q] = counted_value(Shape::window(q), wanted, at_horizon.value[q]);
  }
  for (int q = 0; q < FitQuantities::quantities; ++q) {
    const int place = Shape::first_of_fit + q;
    counted.value[place] = counted_value(Shape::window(place), finished.values.converging(), of_fit.value[q]);
  }
  return counted;
}

/// Thresholds holds some of the thresholds. Their t_eps are found together, since a network's way there is the same for
/// all.
struct Thresholds {
  static constexpr std::size_t most = 8;

  double value[most];
  std::size_t count;
};

/// Finds log10 t_eps of a trial that converges, for each threshold.
template <class Geometry>
LOGMARGIN_HOST_DEVICE void find_times_to_gap(const CellParameters& source, std::uint64_t trial,
                                             const Thresholds& thresholds, double* log10_t) {
  const TrialStart<Geometry> start = trial_start<Geometry>(source, trial);
  log10_times_to_gap(start.geometry, source.problem, start.network, thresholds.value, thresholds.count, log10_t);
}

/// Says whether network i has t_eps at all: it has if it converges.
template <class Stepper>
LOGMARGIN_HOST_DEVICE bool has_times_to_gap(const Problem& problem, double reached_t,
                                            const DeviceColumns<typename Stepper::Number>& state, std::size_t i) {
  return load_stepper<Stepper>(state, i).outcome(problem, reached_t) == Outcome::converging;
}

/// Returns a time as the counters take it. An infinite time or NaN is not counted.
LOGMARGIN_HOST_DEVICE BinnedValue counted_time(double log10_t) {
  return counted_value(TimeShape::window(0), true, log10_t);
}

/// Returns the category of a network without a time. Precondition: log10_t, of log10_times_to_gap, is not finite.
LOGMARGIN_HOST_DEVICE int time_category(double log10_t) {
  if (log10_t == gap_never_above) return TimeShape::never_above;
  return log10_t == gap_never_within ? TimeShape::never_within : TimeShape::not_known;
}

}  // namespace logmargin
