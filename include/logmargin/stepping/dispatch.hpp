#pragma once

#include <type_traits>

#include "logmargin/closed_form/time_to_gap.hpp"
#include "logmargin/stepping/coupled_leap_stepper.hpp"
#include "logmargin/stepping/steppers.hpp"

namespace logmargin {

/// Calls visit with std::type_identity of the stepper that takes each step of a cell whose states are kept in Numbers,
/// or follows its path where the method has no steps.
template <class Number, class Visit>
LOGMARGIN_HOST_DEVICE decltype(auto) with_lockstep_stepper(const Problem& problem, Visit&& visit) {
  if constexpr (std::is_same_v<Number, double>) {
    if (!takes_steps(problem.method)) return visit(std::type_identity<PathStepper>{});
    if (!problem.method.is_gd_exponential()) return visit(std::type_identity<OptimizerStepper>{});
  }
  if (problem.has_orthogonal_points()) return visit(std::type_identity<DescentStepper<Number, false>>{});
  return visit(std::type_identity<DescentStepper<Number, true>>{});
}

/// Calls visit with std::type_identity of the stepper of any cell. leaps: closed forms are taken where there are some,
/// for doubles alone.
template <class Number, class Visit>
decltype(auto) with_stepper(const Problem& problem, bool leaps, Visit&& visit) {
  if constexpr (std::is_same_v<Number, double>) {
    if (leaps && problem.method.is_gd_exponential()) {
      if (problem.has_orthogonal_points()) return visit(std::type_identity<LeapStepper>{});
      return visit(std::type_identity<CoupledLeapStepper>{});
    }
  }
  return with_lockstep_stepper<Number>(problem, visit);
}

/// Calls visit with std::type_identity of the geometry of a cell's networks: NetworkOnLine or NetworkInRd.
template <class Visit>
decltype(auto) with_geometry(const Problem& problem, Visit&& visit) {
  return problem.multi_dimensional ? visit(std::type_identity<NetworkInRd>{})
                                   : visit(std::type_identity<NetworkOnLine>{});
}

}  // namespace logmargin
