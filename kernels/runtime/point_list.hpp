#pragma once

#include "kernels/runtime/network_columns.hpp"
#include "logmargin/model/gradient_step.hpp"

namespace logmargin {

/// PointColumns holds the points of decoupled data, which step alone. Point i < networks is the positive one of network
/// i, point networks + i its negative one.
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
};

template <class Number>
PointColumns<Number> points_of(const DeviceColumns<Number>& state, std::size_t networks, const Problem& problem) {
  return {state, networks, Number(problem.rate_positive), Number(problem.rate_negative)};
}

/// PointKind says what a point needs of a step. Dead points need nothing: no neuron fires there, so that nothing ever
/// changes.
enum class PointKind : int { dead, settled, moving };

template <class Number>
LOGMARGIN_HOST_DEVICE PointKind kind_of(const Number& rate, const PointState<Number>& point) {
  if (!positive(point.correct) && !positive(point.wrong)) return PointKind::dead;
  return is_settled(rate, point) ? PointKind::settled : PointKind::moving;
}

}  // namespace logmargin
