#pragma once

#include "logmargin/flow_point.hpp"
#include "logmargin/time_to_gap.hpp"

namespace logmargin {

/// The gap of a network on the flow of decoupled data and the exponential loss, until both its points have specialised.
/// Kind: as for log10_times_to_gap.
template <class Kind>
class EarlyFlowGap {
 public:
  LOGMARGIN_HOST_DEVICE EarlyFlowGap(const Kind& kind, const Problem& problem, const Network<double>& initial)
      : kind_(kind),
        problem_(problem),
        first_{initial.z11, initial.z21},
        second_{initial.z22, initial.z12},
        log_unit_(smaller(log_unit(problem.rate_positive, first_), log_unit(problem.rate_negative, second_))) {}

  /// When a point's wrong neuron stops firing; 0 where it never did. Precondition: its right neuron fires.
  LOGMARGIN_HOST_DEVICE double first_exit() const { return exit(problem_.rate_positive, first_); }
  LOGMARGIN_HOST_DEVICE double second_exit() const { return exit(problem_.rate_negative, second_); }

  LOGMARGIN_HOST_DEVICE_CALLED Network<double> network_at(double t) const {
    const auto first = flow_point<ExponentialLoss>(problem_.rate_positive, first_, t);
    const auto second = flow_point<ExponentialLoss>(problem_.rate_negative, second_, t);
    return {first.correct, second.wrong, first.wrong, second.correct};
  }

  /// ln t of the last time in [from_t, to_t] with the gap above the threshold, -infinity for none. Between two exits
  /// the gap is looked at so often, evenly in ln(unit + t), and at the top of each of its hills.
  LOGMARGIN_HOST_DEVICE_CALLED double last_above(double threshold, double from_t, double to_t) const {
    constexpr int looks = 128;
    const double begin = clock_at(from_t);
    const double stride = (clock_at(to_t) - begin) / looks;
    double later = gap_at(to_t);
    double gap = later;
    for (int k = looks; k >= 0; --k) {
      const double at = begin + stride * k;
      const double earlier = k > 0 ? gap_on_clock(at - stride) : gap;
      double above = gap > threshold ? at : -1.0;
      if (above < 0.0 && k > 0 && k < looks && gap >= earlier && gap >= later) {
        const double top = highest(at - stride, at + stride);
        if (gap_on_clock(top) > threshold) above = top;
      }
      if (above >= 0.0) return ln_time(last_on_clock(threshold, above, begin + stride * (above > at ? k + 2 : k + 1)));
      later = gap;
      gap = earlier;
    }
    return -std::numeric_limits<double>::infinity();
  }

 private:
  /// The time in which a margin moves by one, or less.
  LOGMARGIN_HOST_DEVICE static double log_unit(double rate, const PointState<double>& point) {
    return point.correct - relu(point.wrong) - logarithm(2.0 * rate);
  }
  LOGMARGIN_HOST_DEVICE static double exit(double rate, const PointState<double>& point) {
    if (!(point.wrong > 0.0)) return 0.0;
    return exponential(point.correct - point.wrong + logarithm_of_growth(2.0 * point.wrong) - logarithm(2.0 * rate));
  }

  /// ln(1 + t/unit).
  LOGMARGIN_HOST_DEVICE double clock_at(double t) const {
    return t > 0.0 ? logistic_loss(log_unit_ - logarithm(t)) : 0.0;
  }
  LOGMARGIN_HOST_DEVICE double ln_time(double clock) const { return log_unit_ + logarithm_of_growth(clock); }
  LOGMARGIN_HOST_DEVICE_CALLED double gap_at(double t) const { return kind_.gap(problem_, network_at(t)); }
  LOGMARGIN_HOST_DEVICE_CALLED double gap_on_clock(double clock) const {
    return gap_at(clock > 0.0 ? exponential(ln_time(clock)) : 0.0);
  }

  /// Precondition: the gap is above the threshold at the first, and not at the second.
  LOGMARGIN_HOST_DEVICE_CALLED double last_on_clock(double threshold, double above, double below) const {
    for (int i = 0; i < 60; ++i) {
      const double middle = 0.5 * (above + below);
      (gap_on_clock(middle) > threshold ? above : below) = middle;
    }
    return below;
  }

  /// Golden section search of a hill.
  LOGMARGIN_HOST_DEVICE_CALLED double highest(double low, double high) const {
    constexpr double part = 0.6180339887498949;
    double left = high - part * (high - low);
    double right = low + part * (high - low);
    double gap_left = gap_on_clock(left);
    double gap_right = gap_on_clock(right);
    for (int i = 0; i < 40; ++i) {
      if (gap_left > gap_right) {
        high = right;
        right = left;
        gap_right = gap_left;
        left = high - part * (high - low);
        gap_left = gap_on_clock(left);
      } else {
        low = left;
        left = right;
        gap_left = gap_right;
        right = low + part * (high - low);
        gap_right = gap_on_clock(right);
      }
    }
    return 0.5 * (low + high);
  }

  Kind kind_;
  Problem problem_;
  PointState<double> first_, second_;
  double log_unit_;
};

/// The flow's last phase, a point's right neuron climbing alone: z = ln kappa + ln(phase + t), phase = e^z/kappa - t.
/// Precondition: specialised at both points at t, and not far_away.
LOGMARGIN_HOST_DEVICE Settled settled_flow(const Problem& problem, const Network<double>& network, double t) {
  return {t,
          logarithm(problem.rate_positive),
          logarithm(problem.rate_negative),
          abel_argument(problem.rate_positive, network.z11) - t,
          abel_argument(problem.rate_negative, network.z22) - t,
          0.0,
          0.0,
          network.z12,
          network.z21,
          true};
}

/// log10_times_to_gap for gradient flow: the real-valued t. NaN, too, where that is not known: points that feel each
/// other, another loss than the exponential one, and pre-activations that are far_away.
template <class Kind>
LOGMARGIN_HOST_DEVICE_CALLED void log10_flow_times_to_gap(const Kind& kind, const Problem& problem,
                                                          const Network<double>& initial, const double* thresholds,
                                                          std::size_t count, double* log10_t) {
  for (std::size_t i = 0; i < count; ++i) log10_t[i] = std::numeric_limits<double>::quiet_NaN();
  if (!problem.decoupled() || problem.method.loss != Loss::exponential) return;
  if (!(initial.z11 > 0.0 && initial.z22 > 0.0)) return;

  const EarlyFlowGap<Kind> early(kind, problem, initial);
  const double first = early.first_exit();
  const double second = early.second_exit();
  const double settled_t = larger(first, second);
  if (!(settled_t <= 1e300)) return;
  Network<double> network = early.network_at(settled_t);
  // At the very exit rounding may leave a little.
  network.z12 = smaller(network.z12, 0.0);
  network.z21 = smaller(network.z21, 0.0);
  if (far_away(problem, network)) return;
  auto late = kind.late_gap(problem, settled_flow(problem, network, settled_t));
  for (std::size_t i = 0; i < count; ++i) {
    double ln_t = late.last_above(thresholds[i]);
    if (ln_t < 0.0 && std::isinf(ln_t)) ln_t = early.last_above(thresholds[i], smaller(first, second), settled_t);
    if (ln_t < 0.0 && std::isinf(ln_t)) ln_t = early.last_above(thresholds[i], 0.0, smaller(first, second));
    log10_t[i] = ln_t * inverse_of_ln_10;
  }
}

}  // namespace logmargin
