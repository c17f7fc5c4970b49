#pragma once

#include <cmath>

#include "logmargin/closed_form/leap.hpp"
#include "logmargin/stepping/descent.hpp"
#include "logmargin/stepping/stepping_policy.hpp"

namespace logmargin {

/// LeapingPoint is one point of decoupled data on its way by leaps. Once it has settled, its phase alone says where it
/// is at any t: correct = ln rate + ln A^-1(phase + t). The phase is NaN until then.
struct LeapingPoint {
  PointState<double> state;
  double phase;
  double rise;
};

LOGMARGIN_HOST_DEVICE bool point_settles(double rate, const PointState<double>& point) {
  return point.correct > 0.0 && point.wrong <= 0.0 && !too_early_to_leap(rate, point.correct) &&
         !climbs_far_away(rate, point.correct);
}

/// LeapingPointGroup is a point as advance_with_leaps takes it along.
struct LeapingPointGroup {
  double rate;
  double reached_t;
  LeapingPoint& point;

  LOGMARGIN_HOST_DEVICE double t() const { return reached_t; }
  LOGMARGIN_HOST_DEVICE bool needs_steps() const {
    return std::isnan(point.phase) && (positive(point.state.correct) || positive(point.state.wrong));
  }
  LOGMARGIN_HOST_DEVICE void step_to(double to_t) {
    descend(rate, point.state, point.rise, static_cast<std::int64_t>(reached_t),
            static_cast<std::int64_t>(to_t - reached_t));
    reached_t = to_t;
  }
  LOGMARGIN_HOST_DEVICE void find_settled() {
    if (std::isnan(point.phase) && point_settles(rate, point.state)) {
      point.phase = phase_of(rate, point.state.correct, reached_t);
    }
  }
  LOGMARGIN_HOST_DEVICE void leap_to(double to_t) {
    if (needs_steps()) point.state = leap(rate, point.state, to_t - reached_t);
    reached_t = to_t;
  }
  LOGMARGIN_HOST_DEVICE void place_settled(double to_t) {
    if (!std::isnan(point.phase)) point.state.correct = at_phase(logarithm(rate), point.phase, to_t);
  }
};

/// Returns a point before its first step, of a run that leaps.
LOGMARGIN_HOST_DEVICE LeapingPoint leaping_point(double rate, const PointState<double>& initial) {
  LeapingPoint point = {initial, std::numeric_limits<double>::quiet_NaN(), 0.0};
  LeapingPointGroup{rate, 0.0, point}.find_settled();
  return point;
}

/// Takes a point from one recorded t to the next. Precondition: to_t >= from_t, both whole numbers.
LOGMARGIN_HOST_DEVICE void advance_leaping(double rate, double lockstep_until, double from_t, double to_t,
                                           LeapingPoint& point) {
  if (from_t == to_t) return;
  LeapingPointGroup group = {rate, from_t, point};
  advance_with_leaps(group, lockstep_until, to_t);
}

}  // namespace logmargin
