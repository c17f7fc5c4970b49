#pragma once

#include "kernels/record_body.hpp"
#include "kernels/trial_source.hpp"
#include "logmargin/method_state.hpp"

namespace logmargin {

/// A network under any method, with what its optimiser remembers of it and its tracks, in registers while its recorded
/// t pass; on its path, it stands where it was led before.
struct MethodNetwork : MethodState {
  using Number = double;
  using Setting = Problem;
  static constexpr bool plain = false;

  LiveTracks tracks;

  LOGMARGIN_HOST_DEVICE void load(const NetworkColumns<double>& columns, std::size_t i) {
    static_cast<MethodState&>(*this) = columns.state.load<MethodState>(0, i);
    tracks.load(columns.tracks, i);
  }
  LOGMARGIN_HOST_DEVICE void store(const NetworkColumns<double>& columns, std::size_t i) const {
    columns.state.store<MethodState>(*this, 0, i);
    tracks.store(columns.tracks, i);
  }

  LOGMARGIN_HOST_DEVICE static bool settled(const Problem&) { return false; }
  LOGMARGIN_HOST_DEVICE void advance(const Problem& problem, const RecordRun& run, std::size_t r, bool) {
    advance_state(problem, run.t_before(r), run.steps[r], *this);
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

}  // namespace logmargin
