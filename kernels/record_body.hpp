#pragma once

#include "kernels/advance_body.hpp"
#include "kernels/counted_value.hpp"
#include "kernels/tally_shape.hpp"
#include "logmargin/observation.hpp"

namespace logmargin {

/// The pieces of one observation.
struct CountedObservation {
  int pattern;
  bool classified;
  CountedValue value[CheckpointShape::quantities];
};

LOGMARGIN_HOST_DEVICE CountedObservation counted_observation(const Network<double>& network,
                                                             const Observation<double>& seen, bool classified) {
  using Shape = CheckpointShape;
  return {activation_pattern<int>(network),
          classified,
          {counted_value(Shape::window(Shape::margin), classified, seen.margin),
           counted_value(Shape::window(Shape::gap), classified, seen.gap),
           counted_value(Shape::window(Shape::log10_loss), true, seen.log10_loss)}};
}

/// A network with its tracks, in registers while its recorded t pass.
template <bool Coupled, class N>
struct TrackedNetwork {
  using Number = N;

  Network<Number> network;
  Dip<double> dip;
  FitSums<double> sums;

  LOGMARGIN_HOST_DEVICE void load(const NetworkColumns<Number>& columns, std::size_t i) {
    network = columns.state.template load<Network<Number>>(0, i);
    dip = columns.tracks.template load<Dip<double>>(0, i);
    sums = columns.tracks.template load<FitSums<double>>(first_fit_column, i);
  }
  LOGMARGIN_HOST_DEVICE void store(const NetworkColumns<Number>& columns, std::size_t i) const {
    columns.state.store(network, 0, i);
    columns.tracks.store(dip, 0, i);
    columns.tracks.store(sums, first_fit_column, i);
  }

  /// Whether advance may be told so: every step from here on is settled_step, at both points.
  LOGMARGIN_HOST_DEVICE bool settled(const Rates<Number>& rates) const {
    return !Coupled && is_settled(rates.positive, {network.z11, network.z21}) &&
           is_settled(rates.negative, {network.z22, network.z12});
  }
  LOGMARGIN_HOST_DEVICE void advance(const Rates<Number>& rates, std::int64_t steps, bool all_settled) {
    if constexpr (!Coupled) {
      if (all_settled) {
        for (std::int64_t step = 0; step < steps; ++step) {
          network.z11 = settled_step(rates.positive, network.z11);
          network.z22 = settled_step(rates.negative, network.z22);
        }
        return;
      }
    }
    network = advance_network<Coupled>(rates, network, steps);
  }

  static constexpr bool may_be_classified = true;
  LOGMARGIN_HOST_DEVICE CountedObservation counted(const Observation<double>& seen) const {
    return counted_observation(widen(network), seen, seen.classified != 0.0);
  }
  LOGMARGIN_HOST_DEVICE void track(const RecordedTime& time, const Observation<double>& seen) {
    add(dip, time, seen);
    if (time.in_fit_window) add(sums, time, seen);
  }
};

/// A network of decoupled data at one of whose points no neuron fires. It cannot converge: its tracks stay as they are,
/// and nobody reads them.
template <class N>
struct StuckNetwork {
  using Number = N;

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
  LOGMARGIN_HOST_DEVICE void advance(const Rates<Number>& rates, std::int64_t steps, bool all_settled) {
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
  LOGMARGIN_HOST_DEVICE CountedObservation counted(const Observation<double>& seen) const {
    return counted_observation(widen(network), seen, false);
  }
  LOGMARGIN_HOST_DEVICE void track(const RecordedTime&, const Observation<double>&) {}
};

}  // namespace logmargin
