#include "host/engine/cell_networks.hpp"

#include <algorithm>

namespace logmargin {

namespace {

std::vector<SpatialStart> given_starts(const CellRun& cell, std::uint64_t first, std::size_t count) {
  // Rows in many dimensions are long.
  const std::size_t width = cell.weights->width();
  const std::size_t at_once = std::min(count, std::max<std::size_t>((std::size_t{1} << 14U) / width, 1));
  std::vector<double> values(at_once * width);
  std::vector<SpatialStart> starts;
  starts.reserve(count);
  for (std::size_t done = 0; done < count; done += at_once) {
    const std::size_t now = std::min(at_once, count - done);
    cell.weights->read(first + done, now, values.data());
    for (std::size_t i = 0; i < now; ++i) {
      starts.push_back(
          start_of_weights(cell.problem, cell.directions.axes(), cell.weights->dim(), values.data() + i * width));
    }
  }
  return starts;
}

}  // namespace

std::vector<SpatialStart> trial_starts(const CellRun& cell, std::uint64_t first, std::size_t count) {
  if (cell.weights != nullptr) return given_starts(cell, first, count);
  std::vector<SpatialStart> starts(count);
  with_geometry(cell.problem, [&]<class Geometry>(std::type_identity<Geometry>) {
    for (std::size_t i = 0; i < count; ++i) {
      if constexpr (std::is_same_v<Geometry, NetworkInRd>) {
        starts[i] = initial_start(cell.problem, cell.laws, cell.directions.axes(), cell.seed, first + i);
      } else {
        starts[i] = {initial_weights(cell.laws, cell.seed, first + i), {}};
      }
    }
  });
  return starts;
}

}  // namespace logmargin
