#pragma once

#include "kernels/device/path_columns.hpp"
#include "kernels/runtime/network_columns.hpp"
#include "logmargin/stepping/dispatch.hpp"

namespace logmargin {

/// Says whether there are kernels for a stepper.
template <class Stepper>
inline constexpr bool has_kernels = !std::is_same_v<Stepper, CoupledLeapStepper>;

/// Calls visit with the stepper of a cell, as with_stepper does, where there are kernels for it.
template <class Number, class Visit>
void with_kernel_stepper(const Problem& problem, const Stepping& stepping, Visit&& visit) {
  with_stepper<Number>(problem, stepping, [&]<class Stepper>(std::type_identity<Stepper> stepper) {
    if constexpr (has_kernels<Stepper>) visit(stepper);
  });
}

/// A stepper has so many state columns: pre-activations, then whatever else it is made of.
template <class Stepper>
inline constexpr int state_columns = network_columns;
template <class Number, bool coupled>
inline constexpr int state_columns<DescentStepper<Number, coupled>> = carried_columns;
template <>
inline constexpr int state_columns<LeapStepper> = carried_columns + 2;
template <>
inline constexpr int state_columns<OptimizerStepper> = network_columns + most_memory_columns;
template <>
inline constexpr int state_columns<PathStepper> = network_columns + path_columns;

/// Returns how many columns a cell has whose states are kept in Numbers: those of the states and those of the tracks.
template <class Number>
ColumnCounts column_counts(const Problem& problem, const Stepping& stepping) {
  const int states = with_stepper<Number>(
      problem, stepping, []<class Stepper>(std::type_identity<Stepper>) { return state_columns<Stepper>; });
  const int orthogonal = with_geometry(problem, []<class Geometry>(std::type_identity<Geometry>) {
    return std::is_same_v<Geometry, NetworkInRd> ? orthogonal_columns : 0;
  });
  return {states, track_columns + orthogonal};
}

/// Returns what the tracks hold of the geometry of network i.
template <class Geometry>
LOGMARGIN_HOST_DEVICE Geometry load_geometry(const DeviceColumns<double>& tracks, std::size_t i) {
  if constexpr (std::is_same_v<Geometry, NetworkInRd>) {
    return {tracks.load<OrthogonalComponent<double>>(first_orthogonal_column, i)};
  } else {
    return {};
  }
}

LOGMARGIN_HOST_DEVICE void store_geometry(const NetworkOnLine&, const DeviceColumns<double>&, std::size_t) {}
LOGMARGIN_HOST_DEVICE void store_geometry(const NetworkInRd& geometry, const DeviceColumns<double>& tracks,
                                          std::size_t i) {
  tracks.store(geometry.orthogonal, first_orthogonal_column, i);
}

template <class Stepper>
LOGMARGIN_HOST_DEVICE Stepper load_stepper(const DeviceColumns<typename Stepper::Number>& state, std::size_t i) {
  if constexpr (std::is_same_v<Stepper, PathStepper>) {
    return {state.template load<Network<double>>(0, i), unpacked(state.template load<PathColumns>(network_columns, i))};
  } else {
    return state.template load<Stepper>(0, i);
  }
}

template <class Stepper>
LOGMARGIN_HOST_DEVICE void store_stepper(const Stepper& stepper, const DeviceColumns<typename Stepper::Number>& state,
                                         std::size_t i) {
  if constexpr (std::is_same_v<Stepper, PathStepper>) {
    state.store(stepper.network, 0, i);
    state.store(packed(stepper.path), network_columns, i);
  } else {
    state.template store<Stepper>(stepper, 0, i);
  }
}

}  // namespace logmargin
