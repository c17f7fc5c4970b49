#pragma once

#include "logmargin/flow/flow_phase.hpp"
#include "logmargin/flow/flow_point.hpp"
#include "logmargin/numerics/dormand_prince.hpp"

namespace logmargin {

/// FlowPoint is a network on its way along the flow of coupled data. Its clock sigma = ln(1 + speed (t - from_t)) is
/// set anew at every event, with the fastest velocity there as its speed: pre-activations late in training rise evenly
/// with it.
struct FlowPoint {
  double z[flow_dimension];
  double sigma, step;  ///< where it stands, and how far it would go next
  double from_t, log_speed, log_weight;
  bool at_event;  ///< just come through one
  bool at_rest;   ///< for good
};

/// FlowSolution holds two neighbouring points that the integration itself has come to. A state at any t between them is
/// a step from the earlier one, from which nothing goes on: no t asked for changes the state at another.
struct FlowSolution {
  /// An integration may make this many attempts at steps. Points that are so near to each other that their pulls all
  /// but cancel, or whose norms differ so much, make the flow stiff; no more is spent on it.
  static constexpr int most_attempts = 100'000;

  FlowPoint last, next;
  int attempts;  ///< at steps, so far

  /// Returns whether the path has come to its last attempt, and is at NaN.
  LOGMARGIN_HOST_DEVICE bool failed() const { return attempts > most_attempts; }
};

/// Returns the t of the last point of a path; for one that was given up, this is how far it came.
LOGMARGIN_HOST_DEVICE double reached_t_of(const FlowSolution& path) {
  return path.last.from_t + exponential(logarithm_of_growth(path.last.sigma) - path.last.log_speed);
}

/// FlowIntegration integrates the flow, by Dormand and Prince's steps of adapted length, each within one phase, and
/// finds the events between.
template <class OfLoss>
class FlowIntegration {
 public:
  LOGMARGIN_HOST_DEVICE explicit FlowIntegration(const Problem& problem) : rates_(problem) {}

  /// Returns a path at t = 0, with its first step still to be taken.
  LOGMARGIN_HOST_DEVICE_CALLED FlowSolution start(const Network<double>& network) const {
    const double z[flow_dimension] = {network.z11, network.z12, network.z21, network.z22};
    const FlowPoint point = point_at(z, 0.0);
    return {point, point, 0};
  }

  /// Takes the path to the next point of the integration.
  LOGMARGIN_HOST_DEVICE_CALLED void go_on(FlowSolution& path) const {
    path.last = path.next;
    path.next = after_step(path.last, path.attempts);
  }

  /// Returns whether the path's next point lies beyond t.
  LOGMARGIN_HOST_DEVICE static bool is_before(const FlowSolution& path, double t) {
    return path.next.at_event ? t < path.next.from_t : sigma_at(path.last, t) < path.next.sigma;
  }

  /// Returns the phase from a point on: which neurons are active.
  LOGMARGIN_HOST_DEVICE_CALLED FlowPhase<OfLoss> phase_at(const FlowPoint& point) const {
    return FlowPhase<OfLoss>(rates_, point.z);
  }

  /// Returns the network at t, and takes the path on as far as that needs. Precondition: t >= 0 does not fall from call
  /// to call.
  LOGMARGIN_HOST_DEVICE_CALLED Network<double> at(FlowSolution& path, double t) const {
    while (!path.last.at_rest && !is_before(path, t)) go_on(path);
    const double step = path.last.at_rest ? 0.0 : sigma_at(path.last, t) - path.last.sigma;
    if (!(step > 0.0)) return network_of(path.last.z);
    Step partial;
    take(FlowPhase<OfLoss>(rates_, path.last.z), path.last, step, partial);
    // Large numbers tolerate steps so long that a part of one may leave the range of double.
    return network_of(all_finite(partial.state) ? partial.state : path.last.z);
  }

 private:
  using Step = RungeKuttaStep<flow_dimension>;
  using Phase = FlowPhase<OfLoss>;

  static constexpr double absolute_tolerance = 1e-12;
  static constexpr double relative_tolerance = 1e-14;
  static constexpr double first_step = 0x1p-7;
  static constexpr double longest_step = 16.0;
  /// An excursion beyond zero and back within a step is at least so large; less is rounding of a velocity that begins
  /// at 0.
  static constexpr double least_depth = 1e-14;
  /// Velocities with larger log weights leave the range of double, as they do in steps of gradient descent; the state
  /// is then NaN.
  static constexpr double largest_log_weight = 709.0;

  LOGMARGIN_HOST_DEVICE static bool all_finite(const double* z) {
    bool finite = true;
    for (int k = 0; k < flow_dimension; ++k) finite = finite && absolute(z[k]) <= std::numeric_limits<double>::max();
    return finite;
  }
  LOGMARGIN_HOST_DEVICE static Network<double> network_of(const double* z) { return {z[0], z[1], z[2], z[3]}; }

  LOGMARGIN_HOST_DEVICE_CALLED FlowPoint point_at(const double* z, double t) const {
    FlowPoint point = {{z[0], z[1], z[2], z[3]}, 0.0, first_step, t, 0.0, 0.0, true, true};
    if (!all_finite(z)) return point;
    const Phase phase(rates_, z);
    point.log_weight = phase.log_weight(z);
    point.log_speed = rates_.log_scale + point.log_weight;
    if (point.log_weight > largest_log_weight) return lost(point);
    // NaN where the rates vanish.
    point.at_rest = phase.at_rest() || !(point.log_speed > -std::numeric_limits<double>::infinity());
    return point;
  }

  LOGMARGIN_HOST_DEVICE static double sigma_at(const FlowPoint& point, double t) {
    return t > point.from_t ? logistic_loss(-(point.log_speed + logarithm(t - point.from_t))) : 0.0;
  }

  LOGMARGIN_HOST_DEVICE static double time_at(const FlowPoint& point, double sigma) {
    return point.from_t + exponential(logarithm_of_growth(sigma) - point.log_speed);
  }

  LOGMARGIN_HOST_DEVICE_CALLED static void take(const Phase& phase, const FlowPoint& from, double step, Step& result) {
    const double lift = from.sigma - from.log_weight;
    double slope[flow_dimension];
    phase.slope(from.z, lift, slope);
    runge_kutta_step(
        from.z, slope, step,
        [&](const double* z, double passed, double* out) LOGMARGIN_INLINED { phase.slope(z, lift + passed, out); },
        result);
  }

  /// Returns the error of a step, in units of what is tolerated; NaN where it has left the range of double.
  LOGMARGIN_HOST_DEVICE static double error_of(const FlowPoint& from, const Step& step) {
    double worst = 0.0;
    for (int k = 0; k < flow_dimension; ++k) {
      const double size = larger(absolute(from.z[k]), absolute(step.state[k]));
      const double error = absolute(step.error[k]) / lane<double>::fma(relative_tolerance, size, absolute_tolerance);
      if (!(error <= worst)) worst = error;
      if (!(worst >= 0.0)) return worst;
    }
    return worst;
  }

  LOGMARGIN_HOST_DEVICE static double growth_for(double error) {
    if (!(error < std::numeric_limits<double>::infinity())) return 0.2;
    return lane<double>::clamp(0.9 * exponential(-0.2 * logarithm(error)), 0.2, 5.0);
  }

  LOGMARGIN_HOST_DEVICE static bool event_in(const Phase& phase, const double* z) {
    for (int k = 0; k < flow_dimension; ++k) {
      if (phase.distance_to_event(z, k) < 0.0) return true;
    }
    return false;
  }

  LOGMARGIN_HOST_DEVICE_CALLED FlowPoint after_step(const FlowPoint& from, int& attempts) const {
    if (from.at_rest) return from;
    const Phase phase(rates_, from.z);
    Step step;
    double length = from.step;
    double growth = 1.0;
    for (bool rejected = false;; rejected = true) {
      if (++attempts > FlowSolution::most_attempts) return lost(from);
      take(phase, from, length, step);
      const double error = error_of(from, step);
      growth = growth_for(error);
      if (error <= 1.0 || (error < 0x1p100 && length <= 0x1p-50 * from.sigma)) {
        if (rejected) growth = smaller(growth, 1.0);
        break;
      }
      length *= smaller(growth, 0.9);
    }
    const double until = event_in(phase, step.state) ? length : turning_point(phase, from, length, step);
    if (until > 0.0) return at_first_event(phase, from, until);
    FlowPoint to = from;
    for (int k = 0; k < flow_dimension; ++k) to.z[k] = step.state[k];
    to.sigma = from.sigma + length;
    to.step = smaller(length * growth, longest_step);
    to.at_event = false;
    return to;
  }

  LOGMARGIN_HOST_DEVICE static FlowPoint lost(const FlowPoint& from) {
    FlowPoint point = from;
    for (double& z : point.z) z = std::numeric_limits<double>::quiet_NaN();
    point.at_rest = true;
    point.at_event = true;
    return point;
  }

  /// Returns the length of the part of the step to where a pre-activation that returns from beyond zero was farthest,
  /// or 0 where there is none.
  LOGMARGIN_HOST_DEVICE_CALLED static double turning_point(const Phase& phase, const FlowPoint& from, double length,
                                                           const Step& step) {
    double slope[flow_dimension];
    phase.slope(from.z, from.sigma - from.log_weight, slope);
    for (int k = 0; k < flow_dimension; ++k) {
      const double sign = phase.firing(k) == Firing::fires ? 1.0 : phase.firing(k) == Firing::silent ? -1.0 : 0.0;
      const double start = sign * slope[k];
      const double end = sign * step.slope[k];
      if (!(start < 0.0 && end > 0.0)) continue;
      // Where the parabola of these slopes is lowest; the step there decides.
      const double until = length * (start / (start - end));
      if (sign * from.z[k] + 0.5 * start * until > 0.1 * absolute(start * until)) continue;
      Step part;
      take(phase, from, until, part);
      if (phase.distance_to_event(part.state, k) < -least_depth) return until;
    }
    return 0.0;
  }

  /// Returns the point at which the phase ends. Precondition: the phase has ended after a step of length until.
  LOGMARGIN_HOST_DEVICE_CALLED FlowPoint at_first_event(const Phase& phase, const FlowPoint& from, double until) const {
    double before = 0.0;
    double after = 0.0;
    double distance_before[flow_dimension];
    for (int k = 0; k < flow_dimension; ++k) distance_before[k] = phase.distance_to_event(from.z, k);
    Step step;
    double middle = until;
    for (int i = 0; i < 100; ++i) {
      Step part;
      take(phase, from, middle, part);
      if (event_in(phase, part.state)) {
        after = middle;
        step = part;
      } else {
        before = middle;
        for (int k = 0; k < flow_dimension; ++k) distance_before[k] = phase.distance_to_event(part.state, k);
      }
      const double width = after - before;
      if (!(width > 0x1p-51 * (from.sigma + after))) break;
      middle = before + width * (i % 3 == 2 ? 0.5 : crossing_part(phase, distance_before, step.state));
    }
    for (int k = 0; k < flow_dimension; ++k) {
      const bool crosses = phase.distance_to_event(step.state, k) < 0.0;
      if (crosses || phase.firing(k) == Firing::slides) step.state[k] = 0.0;
    }
    return point_at(step.state, time_at(from, from.sigma + after));
  }

  /// Returns the part of an interval after which the first of the distances would be zero if they were straight lines.
  /// It is a little more or less than that, so that the interval shrinks from both sides.
  LOGMARGIN_HOST_DEVICE static double crossing_part(const Phase& phase, const double* distance_before,
                                                    const double* after) {
    double part = 1.0;
    for (int k = 0; k < flow_dimension; ++k) {
      const double end = phase.distance_to_event(after, k);
      if (end < 0.0) part = smaller(part, distance_before[k] / (distance_before[k] - end));
    }
    return lane<double>::clamp(part < 0.5 ? part * 1.0001 + 0x1p-40 : part * 0.9999 - 0x1p-40, 0x1p-40, 1.0 - 0x1p-40);
  }

  FlowRates rates_;
};

}  // namespace logmargin
