#pragma once

#include "logmargin/optimizers/optimizers.hpp"

namespace logmargin {

/// A point of a path has so many columns: its numbers, then its two flags as one.
inline constexpr int path_point_columns = flow_dimension + 6;
/// A path has so many columns: its two points, then its attempts.
inline constexpr int path_columns = 2 * path_point_columns + 1;

struct PathColumns {
  double value[path_columns];
};

template <class Visit>
LOGMARGIN_HOST_DEVICE void for_each_column(PathColumns& columns, Visit&& visit) {
  for (double& value : columns.value) visit(value);
}

LOGMARGIN_HOST_DEVICE void pack(const FlowPoint& point, double* to) {
  for (int k = 0; k < flow_dimension; ++k) to[k] = point.z[k];
  double* rest = to + flow_dimension;
  rest[0] = point.sigma;
  rest[1] = point.step;
  rest[2] = point.from_t;
  rest[3] = point.log_speed;
  rest[4] = point.log_weight;
  rest[5] = (point.at_event ? 1.0 : 0.0) + (point.at_rest ? 2.0 : 0.0);
}

LOGMARGIN_HOST_DEVICE FlowPoint unpacked_point(const double* from) {
  FlowPoint point;
  for (int k = 0; k < flow_dimension; ++k) point.z[k] = from[k];
  const double* rest = from + flow_dimension;
  point.sigma = rest[0];
  point.step = rest[1];
  point.from_t = rest[2];
  point.log_speed = rest[3];
  point.log_weight = rest[4];
  const auto flags = static_cast<int>(rest[5]);
  point.at_event = (flags & 1) != 0;
  point.at_rest = (flags & 2) != 0;
  return point;
}

LOGMARGIN_HOST_DEVICE PathColumns packed(const OdeSolution& path) {
  PathColumns columns;
  pack(path.last, columns.value);
  pack(path.next, columns.value + path_point_columns);
  columns.value[path_columns - 1] = path.attempts;
  return columns;
}

LOGMARGIN_HOST_DEVICE OdeSolution unpacked(const PathColumns& columns) {
  return {unpacked_point(columns.value), unpacked_point(columns.value + path_point_columns),
          static_cast<int>(columns.value[path_columns - 1])};
}

}  // namespace logmargin
