#pragma once

#include "kernels/device/advance_body.hpp"
#include "kernels/device/stepper_columns.hpp"
#include "kernels/tally/binned_value.hpp"
#include "kernels/tally/tally_layout.hpp"
#include "logmargin/model/observation.hpp"

namespace logmargin {

/// CountedObservation is one observation as the counters take it.
struct CountedObservation {
  int pattern;
  bool classified;
  BinnedValue value[RecordedShape::quantities];
};

LOGMARGIN_HOST_DEVICE CountedObservation counted_observation(const Network<double>& network,
                                                             const Observation<double>& seen, bool classified,
                                                             double local_log_exponent) {
  using Shape = RecordedShape;
  CountedObservation counted = {activation_pattern<int>(network), classified, {}};
  const RecordedValues<double> values = recorded_values(seen, local_log_exponent);
  for (int q = 0; q < Shape::quantities; ++q) {
    const bool wanted = classified || !RecordedQuantities::of_classified(q);
    counted.value[q] = counted_value(Shape::window(q), wanted, values.value[q]);
  }
  return counted;
}

/// RecordRun is a group of recorded t. The run's own fit sees number r as times[r]. Earlier fit f < earlier_fits sees
/// it as earlier[f * records + r].
struct RecordRun {
  const RecordedTime* times;
  const RecordedTime* earlier;
  int earlier_fits;
  std::size_t records;
  double from_t;          ///< before the first
  double lockstep_until;  ///< see CellParameters
  double limiting_gap;    ///< of the problem

  LOGMARGIN_HOST_DEVICE double t_before(std::size_t r) const { return r == 0 ? from_t : times[r - 1].t; }
  LOGMARGIN_HOST_DEVICE std::int64_t steps_to(std::size_t r) const {
    return static_cast<std::int64_t>(times[r].t - t_before(r));
  }
};

/// Returns the problem under which a trajectory's network is seen. If its method is gradient descent on the exponential
/// loss the compiler is told, so that no other loss takes registers.
template <class ThreadTrajectory>
LOGMARGIN_HOST_DEVICE Problem seen_by(const Problem& problem) {
  Problem seen_under = problem;
  if constexpr (ThreadTrajectory::plain) seen_under.method = {};
  return seen_under;
}

/// Returns what a trajectory's network on the line shows.
template <class ThreadTrajectory>
LOGMARGIN_HOST_DEVICE Observation<double> observe_trajectory(const Problem& problem,
                                                             const ThreadTrajectory& trajectory) {
  return observe(seen_by<ThreadTrajectory>(problem), widen(trajectory.network()));
}

/// Accumulators holds what a live network accumulates, except for the sums of earlier fits. It is in registers while
/// the network's recorded t pass.
struct Accumulators {
  Dip<double> dip;
  double previous_ln_gap;
  FitSums<double> sums;

  LOGMARGIN_HOST_DEVICE void load(const DeviceColumns<double>& tracks, std::size_t i) {
    dip = tracks.load<Dip<double>>(0, i);
    previous_ln_gap = tracks.column(previous_ln_gap_column)[i];
    sums = tracks.load<FitSums<double>>(fit_column(0), i);
  }
  LOGMARGIN_HOST_DEVICE void store(const DeviceColumns<double>& tracks, std::size_t i) const {
    tracks.store(dip, 0, i);
    tracks.column(previous_ln_gap_column)[i] = previous_ln_gap;
    tracks.store(sums, fit_column(0), i);
  }
  LOGMARGIN_HOST_DEVICE CountedObservation counted(const Network<double>& network, const RecordRun& run, std::size_t r,
                                                   const Observation<double>& seen) const {
    double previous = previous_ln_gap;
    const double exponent = local_log_exponent(previous, run.times[r], seen, run.limiting_gap);
    return counted_observation(network, seen, seen.classified != 0.0, exponent);
  }
  LOGMARGIN_HOST_DEVICE void add_record(const RecordRun& run, std::size_t r, const Observation<double>& seen,
                                        const DeviceColumns<double>& tracks, std::size_t i) {
    add(dip, run.times[r], seen);
    local_log_exponent(previous_ln_gap, run.times[r], seen, run.limiting_gap);
    const double excess = excess_gap(seen, run.limiting_gap);
    if (run.times[r].in_fit_window) add(sums, run.times[r], excess);
    for (int fit = 0; fit < run.earlier_fits; ++fit) {
      const RecordedTime& time = run.earlier[static_cast<std::size_t>(fit) * run.records + r];
      if (!time.in_fit_window) continue;
      auto earlier = tracks.load<FitSums<double>>(fit_column(1 + fit), i);
      add(earlier, time, excess);
      tracks.store(earlier, fit_column(1 + fit), i);
    }
  }
};

/// TrackedNetwork is a network on its way, with its tracks. It is in registers while its recorded t pass.
template <class Stepper>
struct TrackedNetwork {
  using Number = typename Stepper::Number;
  using Setting = typename Stepper::Setting;
  static constexpr bool plain = Stepper::is_gd_exponential;

  Stepper stepper;
  Accumulators tracks;

  LOGMARGIN_HOST_DEVICE Network<Number> network() const { return stepper.network; }
  LOGMARGIN_HOST_DEVICE void load(const NetworkColumns<Number>& columns, std::size_t i) {
    stepper = load_stepper<Stepper>(columns.state, i);
    tracks.load(columns.tracks, i);
  }
  LOGMARGIN_HOST_DEVICE void store(const NetworkColumns<Number>& columns, std::size_t i) const {
    store_stepper(stepper, columns.state, i);
    tracks.store(columns.tracks, i);
  }

  LOGMARGIN_HOST_DEVICE void advance(const Setting& setting, const RecordRun& run, std::size_t r) {
    stepper.advance(setting, run.t_before(r), run.times[r].t, NoPoll{});
  }
  LOGMARGIN_HOST_DEVICE double orthogonal_scale(const Problem& problem) const {
    return stepper.orthogonal_scale(problem);
  }

  static constexpr bool may_be_classified = true;
  LOGMARGIN_HOST_DEVICE CountedObservation counted(const RecordRun& run, std::size_t r,
                                                   const Observation<double>& seen) const {
    return tracks.counted(widen(stepper.network), run, r, seen);
  }
  LOGMARGIN_HOST_DEVICE void track(const RecordRun& run, std::size_t r, const Observation<double>& seen,
                                   const NetworkColumns<Number>& columns, std::size_t i) {
    tracks.add_record(run, r, seen, columns.tracks, i);
  }
};

/// WalkerOf is the trajectory of a stepper between recorded t. A kernel of its own follows a path, before the record
/// kernel. In the record kernel the path's network stands still, as one under an optimiser that takes no step.
template <class Stepper>
using WalkerOf = TrackedNetwork<std::conditional_t<std::is_same_v<Stepper, PathStepper>, OptimizerStepper, Stepper>>;

/// StuckNetwork is a network of decoupled data where no neuron fires at one of the points. It cannot converge: its
/// tracks stay as they are, and they are not read.
template <class N>
struct StuckNetwork {
  using Number = N;
  using Setting = typename DescentStepper<Number, false>::Setting;
  static constexpr bool plain = true;

  CarriedNetwork<Number> state;
  bool first_lives;  ///< the point where a neuron fires is the positive one

  LOGMARGIN_HOST_DEVICE Network<Number> network() const { return state.network; }

  LOGMARGIN_HOST_DEVICE void load(const NetworkColumns<Number>& columns, std::size_t i) {
    state = columns.state.template load<CarriedNetwork<Number>>(0, i);
    first_lives = positive(state.network.z11) || positive(state.network.z21);
  }
  LOGMARGIN_HOST_DEVICE void store(const NetworkColumns<Number>& columns, std::size_t i) const {
    columns.state.store(state, 0, i);
  }

  LOGMARGIN_HOST_DEVICE void advance(const Setting& setting, const RecordRun& run, std::size_t r) {
    const auto t = static_cast<std::int64_t>(run.t_before(r));
    Network<Number>& z = state.network;
    PointState<Number> point = first_lives ? PointState<Number>{z.z11, z.z21} : PointState<Number>{z.z22, z.z12};
    Number rise = first_lives ? state.rise[0] : state.rise[1];
    descend(first_lives ? setting.rates.positive : setting.rates.negative, point, rise, t, run.steps_to(r));
    if (first_lives) {
      z = {point.correct, z.z12, point.wrong, z.z22};
      state.rise[0] = rise;
    } else {
      z = {z.z11, point.wrong, z.z21, point.correct};
      state.rise[1] = rise;
    }
  }

  /// A stuck network is never classified, so that margin and gap need not be computed.
  static constexpr bool may_be_classified = false;
  LOGMARGIN_HOST_DEVICE CountedObservation counted(const RecordRun&, std::size_t,
                                                   const Observation<double>& seen) const {
    return counted_observation(widen(state.network), seen, false, 0.0);
  }
  LOGMARGIN_HOST_DEVICE void track(const RecordRun&, std::size_t, const Observation<double>&,
                                   const NetworkColumns<Number>&, std::size_t) {}
};

/// InSpace is a trajectory of networks in space. It holds the orthogonal component, which training leaves of its
/// network, in registers too.
template <class ThreadTrajectory>
struct InSpace : ThreadTrajectory {
  OrthogonalComponent<double> orthogonal;

  LOGMARGIN_HOST_DEVICE void load(const NetworkColumns<typename ThreadTrajectory::Number>& columns, std::size_t i) {
    ThreadTrajectory::load(columns, i);
    orthogonal = columns.tracks.template load<OrthogonalComponent<double>>(first_orthogonal_column, i);
  }
};

/// Returns what a trajectory's network in space shows, with the norms of whole weights.
template <class ThreadTrajectory>
LOGMARGIN_HOST_DEVICE Observation<double> observe_trajectory(const Problem& problem,
                                                             const InSpace<ThreadTrajectory>& trajectory) {
  return observe(seen_by<ThreadTrajectory>(problem), widen(trajectory.network()),
                 trajectory.orthogonal_scale(problem) * trajectory.orthogonal);
}

/// TrajectoryIn is the trajectory of a stepper in a geometry.
template <class Stepper, class Geometry>
using TrajectoryIn =
    std::conditional_t<std::is_same_v<Geometry, NetworkInRd>, InSpace<WalkerOf<Stepper>>, WalkerOf<Stepper>>;

}  // namespace logmargin
