#pragma once

#include "logmargin/closed_form/leap.hpp"
#include "logmargin/flow/flow_point.hpp"
#include "logmargin/measure/outcome.hpp"
#include "logmargin/numerics/log1p.hpp"

namespace logmargin {

/// LogGrowth says how ln u rises with ln t, for a u that goes to A^-1(A(u) + 1) in each step (see abel.hpp):
/// A(u) = phase + t - from_t. In continuous time A is the identity. The beginning stands apart because a phase would be
/// lost beside a late one.
struct LogGrowth {
  double phase;      ///< infinite where u leaves the range of double
  double log_phase;  ///< ln of A(u) - t at the beginning, where the phase is infinite
  bool continuous;
  double from_t;
};

/// GrowthValue is ln u at one ln t, with its derivative by ln t.
struct GrowthValue {
  double ln_u, slope;
};

/// Phases beyond this are kept as logarithms.
inline constexpr double largest_log_phase = 700.0;

/// Returns the growth of x = ln rate + ln u, which stands at x after a time t. Precondition: not
/// too_early_to_leap(rate, x), except in continuous time.
LOGMARGIN_HOST_DEVICE_CALLED LogGrowth log_growth(double rate, double x, double t, bool continuous) {
  const double ln_u = x - logarithm(rate);
  if (ln_u > largest_log_phase) {
    // u is the phase plus t, to every digit.
    return {std::numeric_limits<double>::infinity(), ln_u + logarithm(1.0 - t * exponential(-ln_u)), continuous, 0.0};
  }
  const double u = abel_argument(rate, x);
  return {continuous ? u : abel(u), 0.0, continuous, t};
}

/// Returns the value of a growth at any ln t from that of its beginning on; t itself may be beyond the range of double.
LOGMARGIN_HOST_DEVICE_CALLED GrowthValue growth_at(const LogGrowth& growth, double ln_t) {
  if (growth.phase == std::numeric_limits<double>::infinity()) {
    const double ln_u = logarithm_of_sum(growth.log_phase, ln_t);
    return {ln_u, exponential(ln_t - ln_u)};
  }
  if (ln_t > largest_log_phase) {
    const double excess = (growth.phase - growth.from_t) * exponential(-ln_t);
    return {ln_t + logarithm(1.0 + excess), 1.0 / (1.0 + excess)};
  }
  const double t = exponential(ln_t);
  // Late enough, the phase and the logarithm in A are lost against t.
  if (t > 0x1p66 && larger(growth.phase, growth.from_t) < t * 0x1p-60) return {ln_t, 1.0};
  const double tau = growth.phase + larger(t - growth.from_t, 0.0);
  if (growth.continuous) return {logarithm(tau), t / tau};
  const double u = inverse_abel(tau);
  return {logarithm(u), t / (u * abel_slope(1.0 / u))};
}

/// Affine is constant + first ln u_1 + second ln u_2, of the two growths of a FreeMotion.
struct Affine {
  double constant, first, second;
};

LOGMARGIN_HOST_DEVICE Affine operator+(const Affine& a, const Affine& b) {
  return {a.constant + b.constant, a.first + b.first, a.second + b.second};
}
LOGMARGIN_HOST_DEVICE Affine operator-(const Affine& a, const Affine& b) {
  return {a.constant - b.constant, a.first - b.first, a.second - b.second};
}
LOGMARGIN_HOST_DEVICE Affine operator*(double factor, const Affine& a) {
  return {factor * a.constant, factor * a.first, factor * a.second};
}

/// FreeMotion is a network whose pre-activations are in closed form from a time on, and for as long as no neuron starts
/// or stops firing: each is an affine function of two growths, one for each point.
struct FreeMotion {
  double from_t;
  LogGrowth first, second;
  Network<Affine> z;
};

/// Returns ln t of where a motion begins. t = 0 has no logarithm: there it is that of 1 for steps, and of 1e-300 in
/// continuous time, by which nothing has moved.
LOGMARGIN_HOST_DEVICE double ln_of_first_t(const FreeMotion& motion) {
  return logarithm(larger(motion.from_t, motion.first.continuous ? 1e-300 : 1.0));
}

/// GrowthPair holds the two growths at one ln t.
struct GrowthPair {
  GrowthValue first, second;
};

LOGMARGIN_HOST_DEVICE GrowthPair growths_at(const FreeMotion& motion, double ln_t) {
  return {growth_at(motion.first, ln_t), growth_at(motion.second, ln_t)};
}

LOGMARGIN_HOST_DEVICE double value_of(const Affine& a, const GrowthPair& at) {
  return lane<double>::fma(a.first, at.first.ln_u, lane<double>::fma(a.second, at.second.ln_u, a.constant));
}

/// Returns the derivative by ln t.
LOGMARGIN_HOST_DEVICE double slope_of(const Affine& a, const GrowthPair& at) {
  return lane<double>::fma(a.first, at.first.slope, a.second * at.second.slope);
}

/// Returns the network of a motion at any ln t from its beginning on.
LOGMARGIN_HOST_DEVICE_CALLED Network<double> network_at(const FreeMotion& motion, double ln_t) {
  const GrowthPair at = growths_at(motion, ln_t);
  return {value_of(motion.z.z11, at), value_of(motion.z.z12, at), value_of(motion.z.z21, at),
          value_of(motion.z.z22, at)};
}

/// Returns whether a network is specialised for good, and late enough for the Abel function. kappa_12 > 0 would lift
/// the inactive neurons again.
LOGMARGIN_HOST_DEVICE bool settles(const Problem& problem, const Network<double>& network) {
  return specialised(network) && problem.rate_coupling <= 0.0 &&
         !too_early_to_leap(problem.rate_positive, network.z11) &&
         !too_early_to_leap(problem.rate_negative, network.z22);
}

/// Returns the motion of a network specialised at both points, which never ends. The two active pre-activations climb
/// on their own, and the inactive one of the same neuron follows each in proportion, z_ki = intercept + ratio z_ii.
/// Precondition: settles(problem, network), the network's state after t steps.
LOGMARGIN_HOST_DEVICE FreeMotion settled_motion(const Problem& problem, const Network<double>& network, double t) {
  const double log_rate_first = logarithm(problem.rate_positive);
  const double log_rate_second = logarithm(problem.rate_negative);
  const double ratio_first = problem.rate_coupling / problem.rate_positive;
  const double ratio_second = problem.rate_coupling / problem.rate_negative;
  return {t,
          log_growth(problem.rate_positive, network.z11, t, false),
          log_growth(problem.rate_negative, network.z22, t, false),
          {{log_rate_first, 1.0, 0.0},
           {network.z12 - ratio_first * (network.z11 - log_rate_first), ratio_first, 0.0},
           {network.z21 - ratio_second * (network.z22 - log_rate_second), 0.0, ratio_second},
           {log_rate_second, 0.0, 1.0}}};
}

/// FreePoint is one point of decoupled data whose right neuron fires. It says how its two pre-activations follow its
/// growth, and for how long.
struct FreePoint {
  LogGrowth growth;
  double correct_constant, correct_slope;  ///< the pre-activation is constant + slope ln u
  double wrong_constant, wrong_slope;
  double duration;  ///< of time, or whole steps, before the wrong neuron stops firing; infinite where it does not fire
};

/// Returns how a point moves. Precondition: point.correct > 0, and not too_early_to_leap of what climbs: the correct
/// pre-activation where it fires alone, with the point's rate; the margin where both neurons fire, with twice that.
LOGMARGIN_HOST_DEVICE_CALLED FreePoint free_point(double rate, const PointState<double>& point, double t,
                                                  bool continuous) {
  if (!(point.wrong > 0.0)) {
    return {log_growth(rate, point.correct, t, continuous), logarithm(rate), 1.0, point.wrong, 0.0,
            std::numeric_limits<double>::infinity()};
  }
  const double sum = point.correct + point.wrong;
  const double margin = point.correct - point.wrong;
  const double log_rate = logarithm(2.0 * rate);
  // In continuous time e^margin rises by 2 rate a unit of time, up to e^sum.
  const double duration = continuous ? exponential(margin + logarithm_of_growth(2.0 * point.wrong) - log_rate)
                                     : steps_below(2.0 * rate, margin, sum, 2.0 * point.wrong);
  return {log_growth(2.0 * rate, margin, t, continuous),
          0.5 * (sum + log_rate),
          0.5,
          0.5 * (sum - log_rate),
          -0.5,
          duration};
}

/// Returns the point after a time in the flow that is no longer than the duration, at whose end the wrong neuron is at
/// 0.
LOGMARGIN_HOST_DEVICE_CALLED PointState<double> after_flow(double rate, const PointState<double>& point,
                                                           double duration, double time) {
  if (time == duration) return {point.correct + point.wrong, 0.0};
  return flow_point<ExponentialLoss>(rate, point, time);
}

/// Returns the motion of a network of decoupled data, each of whose points is free.
LOGMARGIN_HOST_DEVICE FreeMotion motion_of(const FreePoint& first, const FreePoint& second, double t) {
  return {t,
          first.growth,
          second.growth,
          {{first.correct_constant, first.correct_slope, 0.0},
           {second.wrong_constant, 0.0, second.wrong_slope},
           {first.wrong_constant, first.wrong_slope, 0.0},
           {second.correct_constant, 0.0, second.correct_slope}}};
}

}  // namespace logmargin
