#pragma once

#include "logmargin/model/gradient_step.hpp"

namespace logmargin {

/// This file has gradient flow theta' = -eta grad L of decoupled data in closed form; t is real, and 1 is the time of
/// one step of gradient descent. A margin that its point alone moves follows m' = rate (-l'(m)): e^m, or with the
/// logistic loss m + e^m, rises linearly.
inline constexpr double ln_2 = 0.6931471805599453;

/// Returns ln(e^x - 1), x > 0. Rounding in e^x cancels out (W. Kahan's way to expm1).
LOGMARGIN_HOST_DEVICE double logarithm_of_growth(double x) {
  if (x > 40.0) return x;
  const double power = exponential(x);
  return logarithm(power == 1.0 ? x : (power - 1.0) * (x / logarithm(power)));
}

/// FlowMargin gives margins after a time t. after() is for a margin m that its point alone moves. after_exit() is for
/// the margin of a shared point, whose two neurons moved m until it came to the sum of both pre-activations: from then
/// on the average of the potentials of m and the sum rises by rate t.
template <class OfLoss>
struct FlowMargin;

template <>
struct FlowMargin<ExponentialLoss> {
  LOGMARGIN_HOST_DEVICE static double after(double rate, double margin, double t) {
    return logarithm_of_sum(margin, logarithm(rate) + logarithm(t));
  }
  LOGMARGIN_HOST_DEVICE static double after_exit(double rate, double margin, double sum, double t) {
    return logarithm_of_sum(logarithm_of_sum(margin, sum) - ln_2, logarithm(rate) + logarithm(t));
  }
};

template <>
struct FlowMargin<LogisticLoss> {
  LOGMARGIN_HOST_DEVICE static double after(double rate, double margin, double t) {
    if (beyond_potential(margin, rate * t)) return FlowMargin<ExponentialLoss>::after(rate, margin, t);
    return larger(margin, of_potential(potential(margin) + rate * t));
  }
  LOGMARGIN_HOST_DEVICE static double after_exit(double rate, double margin, double sum, double t) {
    if (beyond_potential(sum, rate * t)) return FlowMargin<ExponentialLoss>::after_exit(rate, margin, sum, t);
    return larger(sum, of_potential(0.5 * (potential(margin) + potential(sum)) + rate * t));
  }

 private:
  /// Returns whether the potential would leave the range of double; there the logistic loss equals the exponential one
  /// to every digit.
  LOGMARGIN_HOST_DEVICE static bool beyond_potential(double margin, double rise) {
    return margin > 700.0 || rise > std::numeric_limits<double>::max();
  }
  LOGMARGIN_HOST_DEVICE static double potential(double margin) { return margin + exponential(margin); }

  /// Returns the m with m + e^m = potential. Newton's steps start from its right, where a convex function makes them
  /// monotone.
  LOGMARGIN_HOST_DEVICE static double of_potential(double potential) {
    double margin = potential > 1.0 ? logarithm(potential) : potential;
    for (int i = 0; i < 6; ++i) {
      const double power = exponential(margin);
      margin -= (margin + power - potential) / (1.0 + power);
    }
    return margin;
  }
};

/// Returns a point after a time t >= 0. A shared point stays shared until its wrong pre-activation has fallen to
/// exactly 0, where that stays; then it is specialised. A reversed point stays reversed until the same; then it is
/// dead. What is not finite does not move.
template <class OfLoss>
LOGMARGIN_HOST_DEVICE PointState<double> flow_point(double rate, const PointState<double>& start, double t) {
  using Margin = FlowMargin<OfLoss>;
  constexpr double most = std::numeric_limits<double>::max();
  if (!(t > 0.0) || !(absolute(start.correct) <= most && absolute(start.wrong) <= most)) return start;
  if (start.wrong > 0.0 && start.correct > 0.0) {
    const double margin = start.correct - start.wrong;
    const double gain = Margin::after(2.0 * rate, margin, t) - margin;
    if (gain < 2.0 * start.wrong) return {start.correct + 0.5 * gain, start.wrong - 0.5 * gain};
    const double sum = start.correct + start.wrong;
    return {larger(sum, Margin::after_exit(rate, margin, sum, t)), 0.0};
  }
  if (start.wrong > 0.0) {
    const double margin = Margin::after(rate, -start.wrong, t);
    return {start.correct, margin < 0.0 ? -margin : 0.0};
  }
  if (start.correct > 0.0) return {Margin::after(rate, start.correct, t), start.wrong};
  return start;
}

}  // namespace logmargin
