#pragma once

#include "logmargin/model/gradient_step.hpp"
#include "logmargin/numerics/abel.hpp"

namespace logmargin {

/// The recurrence x <- x + c exp(-x) and its flow ln(exp(x) + c t) agree to every digit where ln(exp(x)/c) is beyond
/// this.
inline constexpr double late_enough_for_flow = 38.0;

/// Returns x after t steps of x <- x + c exp(-x), by the flow: it rounds what x gains, not x.
LOGMARGIN_HOST_DEVICE double far_climb(double log_rate, double x, double steps) {
  const double growth = steps * exponential(log_rate - x);
  const double whole = 1.0 + growth;
  // What the sum rounds off is made good: ln(1 + g) = g ln(whole)/(whole - 1), whatever the rounding.
  return x + (whole == 1.0 ? growth : growth < 1.0 ? logarithm(whole) * (growth / (whole - 1.0)) : logarithm(whole));
}

/// Returns whether exp(x)/c would leave the double range, or come near to it.
LOGMARGIN_HOST_DEVICE bool climbs_far_away(double rate, double x) { return x - logarithm(rate) > 600.0; }

/// Returns whether a step is certain to be explicit: A would be out of its range.
LOGMARGIN_HOST_DEVICE bool too_early_to_leap(double rate, double x) {
  return rate * exponential(-x) > 1.0 / least_abel_argument;
}

/// Returns exp(x)/rate, where x alone may be too large for exp. Precondition: not climbs_far_away.
LOGMARGIN_HOST_DEVICE double abel_argument(double rate, double x) {
  return x < 700.0 ? exponential(x) / rate : exponential(x - logarithm(rate));
}

/// Returns the phase of x reached after t steps of x <- x + rate exp(-x): it says where x is at any t.
/// Precondition: neither too_early_to_leap nor climbs_far_away.
LOGMARGIN_HOST_DEVICE double phase_of(double rate, double x, double t) { return abel(abel_argument(rate, x)) - t; }

/// Returns the x that the phase leads to at t.
template <class V>
LOGMARGIN_HOST_DEVICE V at_phase(double log_rate, V phase, double t) {
  return V(log_rate) + logarithm(inverse_abel(phase + V(t)));
}

/// Returns x after whole steps of x <- x + rate exp(-x), for any x and any number of steps.
LOGMARGIN_HOST_DEVICE double climb(double rate, double x, double steps) {
  // Seven steps lead from any x >= 0 below s = 1/8; from x < 0 the first goes far up.
  while (steps > 0.0 && too_early_to_leap(rate, x)) {
    x = lane<double>::fma(rate, exponential(-x), x);
    steps -= 1.0;
  }
  if (steps <= 0.0) return x;
  const double log_rate = logarithm(rate);
  if (x - log_rate > late_enough_for_flow) return far_climb(log_rate, x, steps);
  return at_phase(log_rate, phase_of(rate, x, 0.0), steps);
}

/// Returns the number of whole steps of x <- x + rate exp(-x) that still leave x below the limit. It is infinite where
/// no count of steps in the double range reaches the limit. rise: limit - x, which may be too small for that
/// difference. Precondition: rise > 0 and not too_early_to_leap(rate, x).
LOGMARGIN_HOST_DEVICE double steps_below(double rate, double x, double limit, double rise) {
  const double log_rate = logarithm(rate);
  const double start = exponential(x - log_rate);
  if (start > std::numeric_limits<double>::max()) return std::numeric_limits<double>::infinity();
  // The flow's time where A would cancel or leave its range, as in far_climb: of so many steps one does not count.
  if (rise < 0x1p-20 && start > 0x1p50) return std::floor(start * rise);
  if (climbs_far_away(rate, limit)) return std::floor(exponential(limit - log_rate) - start);
  const double steps = abel(abel_argument(rate, limit)) - abel(abel_argument(rate, x));
  // A step's margin for rounding: what is left is stepped one by one.
  return std::floor(steps) - 1.0;
}

/// Returns one point of decoupled data after whole steps of gradient descent, in closed form (see model: specialised,
/// shared, reversed, dead). The step at which a shared or reversed point's wrong neuron dies is taken explicitly.
LOGMARGIN_HOST_DEVICE PointState<double> leap(double rate, PointState<double> point, double steps) {
  while (steps > 0.0 && point.wrong > 0.0) {
    const bool shared = point.correct > 0.0;
    const double own_rate = shared ? 2.0 * rate : rate;
    const double sum = shared ? point.correct + point.wrong : 0.0;
    const double margin = shared ? point.correct - point.wrong : -point.wrong;
    // Beyond the range of double nothing moves but what diverges.
    if (sum <= std::numeric_limits<double>::max() && !too_early_to_leap(own_rate, margin)) {
      const double free_steps = steps_below(own_rate, margin, sum, shared ? 2.0 * point.wrong : point.wrong);
      const double taken = free_steps < steps ? free_steps : steps;
      if (taken >= 1.0) {
        const double reached = climb(own_rate, margin, taken);
        // Lost to rounding, as in lockstep.
        if (reached == margin && taken == steps) return point;
        const PointState<double> last = point;
        point = shared ? PointState<double>{0.5 * (sum + reached), 0.5 * (sum - reached)}
                       : PointState<double>{point.correct, -reached};
        steps -= taken;
        if (steps <= 0.0) return point;
        // Beyond 2^50 steps a single one is below rounding, and so is what is left where these have moved nothing: the
        // exit is where the wrong neuron is at zero.
        if (taken > 0x1p50 || !(point.wrong < last.wrong)) point.wrong = 0.0;
        continue;
      }
    }
    const PointState<double> next = gradient_step(rate, point);
    // Each activation is so large that it rounds a step off: their sum is out of reach of any number of steps.
    if (next.correct == point.correct && next.wrong == point.wrong) return point;
    point = next;
    steps -= 1.0;
  }
  if (steps > 0.0 && point.correct > 0.0) point.correct = climb(rate, point.correct, steps);
  return point;
}

}  // namespace logmargin
