#pragma once

#include "kernels/advance_body.hpp"
#include "kernels/counted_value.hpp"
#include "kernels/tally_shape.hpp"

namespace logmargin {

/// A network with its tracks, in registers while its recorded t pass.
template <class Number>
struct TrackedNetwork {
  Network<Number> network;
  Dip<double> dip;
  FitSums<double> sums;
};

template <class Number>
LOGMARGIN_HOST_DEVICE TrackedNetwork<Number> load_tracked(const NetworkColumns<Number>& columns, std::size_t i) {
  return {columns.state.template load<Network<Number>>(0, i), columns.tracks.template load<Dip<double>>(0, i),
          columns.tracks.template load<FitSums<double>>(first_fit_column, i)};
}

template <class Number>
LOGMARGIN_HOST_DEVICE void store_tracked(const TrackedNetwork<Number>& tracked, const NetworkColumns<Number>& columns,
                                         std::size_t i) {
  columns.state.store(tracked.network, 0, i);
  columns.tracks.store(tracked.dip, 0, i);
  columns.tracks.store(tracked.sums, first_fit_column, i);
}

template <class Number>
LOGMARGIN_HOST_DEVICE void add_to_tracks(TrackedNetwork<Number>& tracked, const RecordedTime& time,
                                         const Observation<double>& seen) {
  add(tracked.dip, time, seen);
  if (time.in_fit_window) add(tracked.sums, time, seen);
}

/// The pieces of one observation.
struct CountedObservation {
  int pattern;
  bool classified;
  CountedValue value[CheckpointShape::quantities];
};

LOGMARGIN_HOST_DEVICE CountedObservation counted_observation(const Observation<double>& seen) {
  using Shape = CheckpointShape;
  const bool classified = seen.classified != 0.0;
  return {static_cast<int>(seen.pattern),
          classified,
          {counted_value(Shape::window(Shape::margin), classified, seen.margin),
           counted_value(Shape::window(Shape::gap), classified, seen.gap),
           counted_value(Shape::window(Shape::log10_loss), true, seen.log10_loss)}};
}

}  // namespace logmargin
