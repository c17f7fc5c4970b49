#pragma once

#include "kernels/advance_body.hpp"
#include "kernels/counted_value.hpp"
#include "kernels/tally_shape.hpp"
#include "logmargin/leaping_point.hpp"
#include "logmargin/observation.hpp"

namespace logmargin {

/// The pieces of one observation.
struct CountedObservation {
  int pattern;
  bool classified;
  CountedValue value[CheckpointShape::quantities];
};

LOGMARGIN_HOST_DEVICE CountedObservation counted_observation(const Network<double>& network,
                                                             const Observation<double>& seen, bool classified,
                                                             double local_log_exponent) {
  using Shape = CheckpointShape;
  return {activation_pattern<int>(network),
          classified,
          {counted_value(Shape::window(Shape::margin), classified, seen.margin),
           counted_value(Shape::window(Shape::gap), classified, seen.gap),
           counted_value(Shape::window(Shape::log10_loss), true, seen.log10_loss),
           counted_value(Shape::window(Shape::local_log_exponent), classified, local_log_exponent)}};
}

/// A group of recorded t: times[r] as the run's own fit sees it, reached steps[r] after the one before; as earlier fit
/// f < earlier_fits sees it, earlier[f * records + r].
struct RecordRun {
  const RecordedTime* times;
  const RecordedTime* earlier;
  int earlier_fits;
  const std::int64_t* steps;
  std::size_t records;
  double from_t;          ///< before the first
  double lockstep_until;  ///< see TrialSource
  double limiting_gap;    ///< of the problem

  LOGMARGIN_HOST_DEVICE double t_before(std::size_t r) const { return r == 0 ? from_t : times[r - 1].t; }
};

/// The problem under which a walker's network is seen. Where its method is gradient descent on the exponential loss the
/// compiler is told, so that no other loss takes registers.
template <class Walker>
LOGMARGIN_HOST_DEVICE Problem seen_by(const Problem& problem) {
  Problem seen_under = problem;
  if constexpr (Walker::plain) seen_under.method = {};
  return seen_under;
}

/// What a walker's network on the line shows.
template <class Walker>
LOGMARGIN_HOST_DEVICE Observation<double> observe_walker(const Problem& problem, const Walker& walker) {
  return observe(seen_by<Walker>(problem), widen(walker.network));
}

/// What a live network accumulates, in registers while its recorded t pass, but for the sums of earlier fits.
struct LiveTracks {
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

/// A network with its tracks, in registers while its recorded t pass.
template <bool Coupled, class N>
struct TrackedNetwork {
  using Number = N;
  using Setting = Rates<Number>;
  static constexpr bool plain = true;

  Network<Number> network;
  LiveTracks tracks;

  LOGMARGIN_HOST_DEVICE void load(const NetworkColumns<Number>& columns, std::size_t i) {
    network = columns.state.template load<Network<Number>>(0, i);
    tracks.load(columns.tracks, i);
  }
  LOGMARGIN_HOST_DEVICE void store(const NetworkColumns<Number>& columns, std::size_t i) const {
    columns.state.store(network, 0, i);
    tracks.store(columns.tracks, i);
  }

  /// Whether advance may be told so: every step from here on is settled_step, at both points.
  LOGMARGIN_HOST_DEVICE bool settled(const Rates<Number>& rates) const {
    if constexpr (Coupled) {
      return is_settled(rates, network);
    } else {
      return is_settled(rates.positive, PointState<Number>{network.z11, network.z21}) &&
             is_settled(rates.negative, PointState<Number>{network.z22, network.z12});
    }
  }
  LOGMARGIN_HOST_DEVICE void advance(const Rates<Number>& rates, const RecordRun& run, std::size_t r,
                                     bool all_settled) {
    const std::int64_t steps = run.steps[r];
    if (!all_settled) {
      network = advance_network<Coupled>(rates, network, steps);
    } else if constexpr (Coupled) {
      network = advance_settled_network(rates, network, steps);
    } else {
      for (std::int64_t step = 0; step < steps; ++step) {
        network.z11 = settled_step(rates.positive, network.z11);
        network.z22 = settled_step(rates.negative, network.z22);
      }
    }
  }

  static constexpr bool may_be_classified = true;
  LOGMARGIN_HOST_DEVICE CountedObservation counted(const RecordRun& run, std::size_t r,
                                                   const Observation<double>& seen) const {
    return tracks.counted(widen(network), run, r, seen);
  }
  LOGMARGIN_HOST_DEVICE void track(const RecordRun& run, std::size_t r, const Observation<double>& seen,
                                   const NetworkColumns<Number>& columns, std::size_t i) {
    tracks.add_record(run, r, seen, columns.tracks, i);
  }
};

/// A network of decoupled data on its way by leaps.
struct LeapingNetwork {
  using Number = double;
  using Setting = Rates<double>;
  static constexpr bool plain = true;

  Network<double> network;
  double phase[2];
  LiveTracks tracks;

  LOGMARGIN_HOST_DEVICE void load(const NetworkColumns<double>& columns, std::size_t i) {
    network = columns.state.load<Network<double>>(0, i);
    for (int side = 0; side < 2; ++side) phase[side] = columns.tracks.column(first_phase_column + side)[i];
    tracks.load(columns.tracks, i);
  }
  LOGMARGIN_HOST_DEVICE void store(const NetworkColumns<double>& columns, std::size_t i) const {
    columns.state.store(network, 0, i);
    for (int side = 0; side < 2; ++side) columns.tracks.column(first_phase_column + side)[i] = phase[side];
    tracks.store(columns.tracks, i);
  }

  LOGMARGIN_HOST_DEVICE static bool settled(const Rates<double>&) { return false; }
  LOGMARGIN_HOST_DEVICE void advance(const Rates<double>& rates, const RecordRun& run, std::size_t r, bool) {
    const double from_t = run.t_before(r);
    const double to_t = run.times[r].t;
    if (from_t == to_t) return;
    LeapingPoint first = {{network.z11, network.z21}, phase[0]};
    LeapingPoint second = {{network.z22, network.z12}, phase[1]};
    advance_leaping(rates.positive, run.lockstep_until, from_t, to_t, first);
    advance_leaping(rates.negative, run.lockstep_until, from_t, to_t, second);
    network = {first.state.correct, second.state.wrong, first.state.wrong, second.state.correct};
    phase[0] = first.phase;
    phase[1] = second.phase;
  }

  static constexpr bool may_be_classified = true;
  LOGMARGIN_HOST_DEVICE CountedObservation counted(const RecordRun& run, std::size_t r,
                                                   const Observation<double>& seen) const {
    return tracks.counted(network, run, r, seen);
  }
  LOGMARGIN_HOST_DEVICE void track(const RecordRun& run, std::size_t r, const Observation<double>& seen,
                                   const NetworkColumns<double>& columns, std::size_t i) {
    tracks.add_record(run, r, seen, columns.tracks, i);
  }
};

/// A network of decoupled data at one of whose points no neuron fires. It cannot converge: its tracks stay as they are,
/// and nobody reads them.
template <class N>
struct StuckNetwork {
  using Number = N;
  using Setting = Rates<Number>;
  static constexpr bool plain = true;

  Network<Number> network;
  bool first_lives;  ///< the point where a neuron fires is the positive one

  LOGMARGIN_HOST_DEVICE void load(const NetworkColumns<Number>& columns, std::size_t i) {
    network = columns.state.template load<Network<Number>>(0, i);
    first_lives = positive(network.z11) || positive(network.z21);
  }
  LOGMARGIN_HOST_DEVICE void store(const NetworkColumns<Number>& columns, std::size_t i) const {
    columns.state.store(network, 0, i);
  }

  LOGMARGIN_HOST_DEVICE PointState<Number> living_point() const {
    return first_lives ? PointState<Number>{network.z11, network.z21} : PointState<Number>{network.z22, network.z12};
  }
  LOGMARGIN_HOST_DEVICE Number rate(const Rates<Number>& rates) const {
    return first_lives ? rates.positive : rates.negative;
  }

  LOGMARGIN_HOST_DEVICE bool settled(const Rates<Number>& rates) const {
    return is_settled(rate(rates), living_point());
  }
  LOGMARGIN_HOST_DEVICE void advance(const Rates<Number>& rates, const RecordRun& run, std::size_t r,
                                     bool all_settled) {
    const std::int64_t steps = run.steps[r];
    const Number own_rate = rate(rates);
    PointState<Number> point = living_point();
    if (all_settled) {
      for (std::int64_t step = 0; step < steps; ++step) point.correct = settled_step(own_rate, point.correct);
    } else {
      for (std::int64_t step = 0; step < steps; ++step) point = gradient_step(own_rate, point);
    }
    network = first_lives ? Network<Number>{point.correct, network.z12, point.wrong, network.z22}
                          : Network<Number>{network.z11, point.wrong, network.z21, point.correct};
  }

  /// So that margin and gap need not be computed.
  static constexpr bool may_be_classified = false;
  LOGMARGIN_HOST_DEVICE CountedObservation counted(const RecordRun&, std::size_t,
                                                   const Observation<double>& seen) const {
    return counted_observation(widen(network), seen, false, 0.0);
  }
  LOGMARGIN_HOST_DEVICE void track(const RecordRun&, std::size_t, const Observation<double>&,
                                   const NetworkColumns<Number>&, std::size_t) {}
};

}  // namespace logmargin
