#pragma once

#include "kernels/runtime/network_columns.hpp"
#include "logmargin/stepping/descent.hpp"

namespace logmargin {

/// PointColumns holds the points of decoupled data, which step alone. The state has the columns of CarriedNetwork.
/// Point i < networks is the positive one of network i, point networks + i its negative one.
template <class Number>
struct PointColumns {
  DeviceColumns<Number> state;
  std::size_t networks;
  Number rate_positive, rate_negative;

  LOGMARGIN_HOST_DEVICE bool positive(std::size_t point) const { return point < networks; }
  LOGMARGIN_HOST_DEVICE Number rate(std::size_t point) const { return positive(point) ? rate_positive : rate_negative; }
  LOGMARGIN_HOST_DEVICE Number& correct(std::size_t point) const {
    return positive(point) ? state.column(0)[point] : state.column(3)[point - networks];
  }
  LOGMARGIN_HOST_DEVICE Number& wrong(std::size_t point) const {
    return positive(point) ? state.column(2)[point] : state.column(1)[point - networks];
  }
  LOGMARGIN_HOST_DEVICE Number& rise(std::size_t point) const {
    return positive(point) ? state.column(network_columns)[point] : state.column(network_columns + 1)[point - networks];
  }
};

template <class Number>
PointColumns<Number> points_of(const DeviceColumns<Number>& state, std::size_t networks, const Problem& problem) {
  return {state, networks, Number(problem.rate_positive), Number(problem.rate_negative)};
}

/// PointKind says which neurons fire at a point. Dead points need no step: nothing ever changes there. Where the wrong
/// neuron fires a step takes longer.
enum class PointKind : int { dead, right_only, wrong_too };

template <class Number>
LOGMARGIN_HOST_DEVICE PointKind kind_of(const PointState<Number>& point) {
  if (positive(point.wrong)) return PointKind::wrong_too;
  return positive(point.correct) ? PointKind::right_only : PointKind::dead;
}

}  // namespace logmargin
