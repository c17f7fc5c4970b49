#pragma once

#include <cstdint>

#include "logmargin/numerics/lane.hpp"

namespace logmargin {

/// NoPoll is for a caller that has nothing to do between steps.
struct NoPoll {
  LOGMARGIN_HOST_DEVICE void operator()() const {}
};
inline constexpr std::int64_t steps_between_polls = 65536;

/// Returns the next t at which networks that are stepped are checked for having settled, whatever t are recorded: the
/// next power of two.
LOGMARGIN_HOST_DEVICE double next_check_time(double t) {
  double check = 1.0;
  while (check <= t) check *= 2.0;
  return check;
}

/// Takes a group to to_t under the policy of every run that leaps: lockstep up to lockstep_until, with a check at each
/// power of two for those that have settled; from there on it takes closed forms.
///
/// A group is one point, one network, or a batch of networks that stand at the same t. It has
///   t()               where it stands
///   needs_steps()     whether any of it has neither settled nor stopped for good
///   step_to(t)        takes each step up to t of those that need it
///   find_settled()    finds those that have settled at t()
///   leap_to(t)        takes those that need steps to t in closed form as far as there is one
///   place_settled(t)  puts those that have settled where they are at t
/// Precondition: to_t >= group.t(), both whole numbers.
template <class Group>
LOGMARGIN_HOST_DEVICE void advance_with_leaps(Group& group, double lockstep_until, double to_t) {
  const double lockstep_end = to_t < lockstep_until ? to_t : lockstep_until;
  while (group.needs_steps() && group.t() < lockstep_end) {
    const double check = next_check_time(group.t());
    group.step_to(check < lockstep_end ? check : lockstep_end);
    if (group.t() == check) group.find_settled();
  }
  const bool steps_are_left = group.t() < to_t;
  if (steps_are_left) group.leap_to(to_t);
  group.place_settled(to_t);
  if (steps_are_left) group.find_settled();
}

}  // namespace logmargin
