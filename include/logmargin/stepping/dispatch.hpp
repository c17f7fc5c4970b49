#pragma once

#include <type_traits>

#include "logmargin/stepping/coupled_leap_stepper.hpp"
#include "logmargin/stepping/steppers.hpp"
#include "logmargin/stepping/stepping.hpp"
#include "logmargin/stepping/time_to_gap.hpp"

namespace logmargin {

/// Calls visit with std::type_identity of the stepper that takes each step of a cell whose states are kept in Numbers,
/// or follows its path where the method has no steps.
template <class Number, class Visit>
LOGMARGIN_HOST_DEVICE decltype(auto) with_lockstep_stepper(const Problem& problem, Visit&& visit) {
  if constexpr (std::is_same_v<Number, double>) {
    if (!takes_steps(problem.method)) return visit(std::type_identity<PathStepper>{});
    if (!problem.method.is_gd_exponential()) return visit(std::type_identity<OptimizerStepper>{});
  }
  return with_coupling(problem, [&](auto coupled) LOGMARGIN_INLINED {
    return visit(std::type_identity<DescentStepper<Number, decltype(coupled)::value>>{});
  });
}

/// Calls visit with std::type_identity of the stepper of any cell. Closed forms are taken where there are some and the
/// stepping leaps, for doubles alone.
template <class Number, class Visit>
decltype(auto) with_stepper(const Problem& problem, const Stepping& stepping, Visit&& visit) {
  if constexpr (std::is_same_v<Number, double>) {
    if (stepping.leaps() && problem.method.is_gd_exponential()) {
      return with_coupling(problem, [&](auto coupled) {
        using Stepper = std::conditional_t<decltype(coupled)::value, CoupledLeapStepper, LeapStepper>;
        return visit(std::type_identity<Stepper>{});
      });
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
