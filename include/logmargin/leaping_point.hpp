#pragma once

#include <cmath>

#include "logmargin/leap.hpp"

namespace logmargin {

/// One point of decoupled data on its way by leaps. Once it has settled, its phase alone says where it is at any t:
/// correct = ln rate + ln A^-1(phase + t); NaN until then.
struct LeapingPoint {
  PointState<double> state;
  double phase;
};

LOGMARGIN_HOST_DEVICE bool point_settles(double rate, const PointState<double>& point) {
  return point.correct > 0.0 && point.wrong <= 0.0 && !too_early_to_leap(rate, point.correct) &&
         !climbs_far_away(rate, point.correct);
}

LOGMARGIN_HOST_DEVICE void look_whether_settled(double rate, double reached_t, LeapingPoint& point) {
  if (std::isnan(point.phase) && point_settles(rate, point.state)) {
    point.phase = phase_of(rate, point.state.correct, reached_t);
  }
}

/// Before the first step, of a run that leaps.
LOGMARGIN_HOST_DEVICE LeapingPoint leaping_point(double rate, const PointState<double>& initial) {
  LeapingPoint point = {initial, std::numeric_limits<double>::quiet_NaN()};
  look_whether_settled(rate, 0.0, point);
  return point;
}

/// The next t at which an unsettled point is looked at, whatever t are recorded: the next power of two.
LOGMARGIN_HOST_DEVICE double next_look(double t) {
  double look = 1.0;
  while (look <= t) look *= 2.0;
  return look;
}

/// From one recorded t to the next: one by one while t <= lockstep_until and the point has not settled, by leaps
/// beyond. Where no neuron fires nothing changes. Precondition: to_t > from_t, both whole.
LOGMARGIN_HOST_DEVICE void advance_leaping(double rate, double lockstep_until, double from_t, double to_t,
                                           LeapingPoint& point) {
  double t = from_t;
  const auto dead = [&point] { return !positive(point.state.correct) && !positive(point.state.wrong); };
  const double lockstep_end = to_t < lockstep_until ? to_t : lockstep_until;
  while (std::isnan(point.phase) && !dead() && t < lockstep_end) {
    const double look = next_look(t);
    const double stop = look < lockstep_end ? look : lockstep_end;
    for (; t < stop; ++t) point.state = gradient_step(rate, point.state);
    if (t == look) look_whether_settled(rate, t, point);
  }
  if (!std::isnan(point.phase)) {
    point.state.correct = at_phase(logarithm(rate), point.phase, to_t);
  } else if (t < to_t && !dead()) {
    point.state = leap(rate, point.state, to_t - t);
    look_whether_settled(rate, to_t, point);
  }
}

}  // namespace logmargin
