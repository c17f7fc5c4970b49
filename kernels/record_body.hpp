#pragma once

#include "kernels/advance_body.hpp"
#include "kernels/counted_value.hpp"
#include "kernels/tally_shape.hpp"

namespace logmargin {

/// A network with its tracks, in registers while its recorded t pass.
struct TrackedNetwork {
  Network<double> network;
  Dip<double> dip;
  FitSums<double> sums;
};

LOGMARGIN_HOST_DEVICE TrackedNetwork load_tracked(const NetworkColumns& columns, std::size_t i) {
  return {columns.load<Network<double>>(0, i), columns.load<Dip<double>>(first_dip_column, i),
          columns.load<FitSums<double>>(first_fit_column, i)};
}

LOGMARGIN_HOST_DEVICE void store_tracked(const TrackedNetwork& tracked, const NetworkColumns& columns, std::size_t i) {
  columns.store(tracked.network, 0, i);
  columns.store(tracked.dip, first_dip_column, i);
  columns.store(tracked.sums, first_fit_column, i);
}

LOGMARGIN_HOST_DEVICE void add_to_tracks(TrackedNetwork& tracked, const RecordedTime& time,
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
