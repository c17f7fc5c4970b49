#pragma once

#include <type_traits>
#include <vector>

#include "host/engine/engine.hpp"
#include "logmargin/initial/start_in_space.hpp"
#include "logmargin/stepping/dispatch.hpp"

namespace logmargin {

/// InitialNetworks holds networks at t = 0 and, for those in space, the orthogonal components that training leaves. On
/// the line there are none of these.
struct InitialNetworks {
  std::vector<Network<double>> networks;
  std::vector<OrthogonalComponent<double>> orthogonal = {};

  /// Makes network i the one that starts so.
  void put(std::size_t i, const Problem& problem, const SpatialStart& start) {
    networks[i] = network_from_weights(problem, start.on_line);
    if (!orthogonal.empty()) orthogonal[i] = start.orthogonal;
  }
  /// Returns the component of network i, or null on the line.
  const OrthogonalComponent<double>* orthogonal_of(std::size_t i) const {
    return orthogonal.empty() ? nullptr : &orthogonal[i];
  }
};

/// Returns room for so many networks of the problem.
inline InitialNetworks room_for_networks(const Problem& problem, std::size_t count) {
  return with_geometry(problem, [&]<class Geometry>(std::type_identity<Geometry>) -> InitialNetworks {
    constexpr bool in_space = std::is_same_v<Geometry, NetworkInRd>;
    return {std::vector<Network<double>>(count), std::vector<OrthogonalComponent<double>>(in_space ? count : 0)};
  });
}

/// Returns trials first ... first + count - 1 of the cell before the first step; on the line they have no orthogonal
/// component. The numbers of the cell's own trials are not looked at.
std::vector<SpatialStart> trial_starts(const CellRun& cell, std::uint64_t first, std::size_t count);
inline SpatialStart trial_start(const CellRun& cell, std::uint64_t trial) {
  return trial_starts(cell, trial, 1).front();
}

/// Calls visit with std::type_identity of the stepper of a cell, whatever the precision.
template <class Visit>
decltype(auto) with_stepper_of(const CellRun& cell, Visit&& visit) {
  return cell.precision == Precision::mixed ? with_stepper<Pair<float>>(cell.problem, cell.stepping, visit)
                                            : with_stepper<double>(cell.problem, cell.stepping, visit);
}

}  // namespace logmargin
