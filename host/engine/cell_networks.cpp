#include "host/engine/cell_networks.hpp"

namespace logmargin {

namespace {

std::vector<SpatialStart> given_starts(const CellRun& cell, std::uint64_t first, std::size_t count) {
  std::vector<double> values(count * cell.weights->width());
  cell.weights->read(first, count, values.data());
  std::vector<SpatialStart> starts;
  starts.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    starts.push_back(start_of_weights(cell.problem, cell.directions.axes(), cell.weights->dim(),
                                      values.data() + i * cell.weights->width()));
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
