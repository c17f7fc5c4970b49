#pragma once

#include "kernels/device/stepper_columns.hpp"

namespace logmargin {

/// Takes network i along its path to t. Where the points do not feel each other, Coupled is false and tells the
/// compiler so.
template <class Optimizer, class OfLoss, bool Coupled>
LOGMARGIN_HOST_DEVICE void follow_path(const Problem& problem, const DeviceColumns<double>& state, std::size_t i,
                                       double t) {
  Problem moved_by = problem;
  if constexpr (!Coupled) moved_by.rate_coupling = 0.0;
  OdeSolution path = unpacked(state.load<PathColumns>(network_columns, i));
  state.store(Optimizer::template at<OfLoss>(moved_by, path, t), 0, i);
  state.store(packed(path), network_columns, i);
}

}  // namespace logmargin
