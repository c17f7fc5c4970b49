#pragma once

#include "kernels/method_network.hpp"

namespace logmargin {

/// A walker of networks in space: with what training leaves of its network, in registers too.
template <class Walker>
struct InSpace : Walker {
  FrozenPart<double> frozen;

  LOGMARGIN_HOST_DEVICE void load(const NetworkColumns<typename Walker::Number>& columns, std::size_t i) {
    Walker::load(columns, i);
    frozen = columns.tracks.template load<FrozenPart<double>>(first_frozen_column, i);
  }
};

/// With the norms of whole weights.
template <class Walker>
LOGMARGIN_HOST_DEVICE Observation<double> observe_walker(const Problem& problem, const InSpace<Walker>& walker) {
  FrozenPart<double> frozen = walker.frozen;
  if constexpr (!Walker::plain) frozen = frozen_scale(problem.method, walker) * frozen;
  return observe(seen_by<Walker>(problem), widen(walker.network), frozen);
}

}  // namespace logmargin
