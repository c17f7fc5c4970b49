#pragma once

#include "kernels/network_columns.hpp"
#include "logmargin/gradient_step.hpp"

namespace logmargin {

/// The points of decoupled data step alone. Point i < networks is the positive one of network i, point networks + i its
/// negative one.
struct PointColumns {
  NetworkColumns columns;
  std::size_t networks;
  double rate_positive, rate_negative;

  LOGMARGIN_HOST_DEVICE bool positive(std::size_t point) const { return point < networks; }
  LOGMARGIN_HOST_DEVICE double rate(std::size_t point) const { return positive(point) ? rate_positive : rate_negative; }
  LOGMARGIN_HOST_DEVICE double& correct(std::size_t point) const {
    return positive(point) ? columns.column(0)[point] : columns.column(3)[point - networks];
  }
  LOGMARGIN_HOST_DEVICE double& wrong(std::size_t point) const {
    return positive(point) ? columns.column(2)[point] : columns.column(1)[point - networks];
  }
};

/// What a point needs of a step. Dead ones need nothing: no neuron fires there, so that nothing ever changes.
enum class PointKind : int { dead, settled, moving };

LOGMARGIN_HOST_DEVICE PointKind kind_of(double rate, const PointState<double>& point) {
  if (!(point.correct > 0.0) && !(point.wrong > 0.0)) return PointKind::dead;
  return is_settled(rate, point) ? PointKind::settled : PointKind::moving;
}

}  // namespace logmargin
