#pragma once

#include "logmargin/model/loss.hpp"
#include "logmargin/model/problem.hpp"

namespace logmargin {

/// The flow numbers its four pre-activations in the order of for_each_column: z11, z12, z21, z22.
inline constexpr int flow_dimension = 4;

/// Returns the number of z_jj, of neuron j at its own point, where it should fire.
LOGMARGIN_HOST_DEVICE constexpr int own_column(int neuron) { return neuron == 0 ? 0 : 3; }
/// Returns the number of z_ji, of neuron j at the other point.
LOGMARGIN_HOST_DEVICE constexpr int other_column(int neuron) { return neuron == 0 ? 1 : 2; }
/// Returns the number of z_ji, at point i of the neuron that should not fire there.
LOGMARGIN_HOST_DEVICE constexpr int stray_column(int point) { return point == 0 ? 2 : 1; }

/// Firing says whether a neuron fires at a point, from one event of the flow to the next.
enum class Firing : int {
  silent,
  fires,
  /// The neuron is held at zero: its own point lifts it (kappa_12 > 0), and firing there would push it back faster. It
  /// fires for the fraction of the time that makes it stay (A. F. Filippov, Differential Equations with Discontinuous
  /// Righthand Sides, 1988).
  slides
};

/// FlowRates holds kappa_ik over the larger of kappa_11 and kappa_22, and that one's logarithm.
struct FlowRates {
  double point[2];
  double coupling;
  double log_scale;

  LOGMARGIN_HOST_DEVICE explicit FlowRates(const Problem& problem) {
    const double scale = larger(problem.rate_positive, problem.rate_negative);
    point[0] = problem.rate_positive / scale;
    point[1] = problem.rate_negative / scale;
    coupling = problem.rate_coupling / scale;
    log_scale = logarithm(scale);
  }
};

/// Returns the logarithm of how many times faster firing would push neuron j's other pre-activation back than its own
/// point lifts it. The neuron slides while that is not negative. Precondition: kappa_12 > 0.
template <class OfLoss>
LOGMARGIN_HOST_DEVICE double sliding_balance(const FlowRates& rates, const double* z, int neuron) {
  const int other = 1 - neuron;
  const double own_margin = relu(z[own_column(neuron)]) - relu(z[stray_column(neuron)]);
  const double other_margin = relu(z[own_column(other)]) - relu(z[stray_column(other)]);
  return logarithm(rates.point[other] / rates.coupling) + OfLoss::log_weight(-other_margin) -
         OfLoss::log_weight(-own_margin);
}

/// FlowPhase holds what is constant between two events: which neurons are active, and with it
/// z_k' = sum_i gradient[i][k] rho_i up to the rates' scale.
template <class OfLoss>
class FlowPhase {
 public:
  /// Finds which neurons are active at z. relu'(0) = 0: at exactly 0 a neuron is silent, unless it would rise if it
  /// were.
  LOGMARGIN_HOST_DEVICE FlowPhase(const FlowRates& rates, const double* z) : rates_(rates) {
    for (int j = 0; j < 2; ++j) {
      const double own = z[own_column(j)];
      const double other = z[other_column(j)];
      firing_[own_column(j)] =
          own > 0.0 || (own == 0.0 && other > 0.0 && rates.coupling < 0.0) ? Firing::fires : Firing::silent;
      firing_[other_column(j)] = other > 0.0 ? Firing::fires : Firing::silent;
      if (other == 0.0 && own > 0.0 && rates.coupling > 0.0) {
        firing_[other_column(j)] = sliding_balance<OfLoss>(rates, z, j) >= 0.0 ? Firing::slides : Firing::fires;
      }
    }
    for (int j = 0; j < 2; ++j) set_pulls(j);
  }

  LOGMARGIN_HOST_DEVICE bool at_rest() const { return !moves(0) && !moves(1); }

  /// Returns ln of the larger weight -l' of the points that move anything.
  LOGMARGIN_HOST_DEVICE double log_weight(const double* z) const {
    double largest = -std::numeric_limits<double>::infinity();
    for (int i = 0; i < 2; ++i) {
      if (moves(i)) largest = larger(largest, OfLoss::log_weight(-margin(z, i)));
    }
    return largest;
  }

  /// Sets out to the velocities, e^lift times as large.
  LOGMARGIN_HOST_DEVICE void slope(const double* z, double lift, double* out) const {
    double weight[2] = {0.0, 0.0};
    for (int i = 0; i < 2; ++i) {
      if (moves(i)) weight[i] = exponential(lift + OfLoss::log_weight(-margin(z, i)));
    }
    for (int k = 0; k < flow_dimension; ++k) {
      out[k] = lane<double>::fma(gradient_[0][k], weight[0], gradient_[1][k] * weight[1]);
    }
  }

  /// Returns a distance that is negative once the pre-activation is no longer where the phase has it.
  LOGMARGIN_HOST_DEVICE double distance_to_event(const double* z, int k) const {
    if (firing_[k] == Firing::slides) return sliding_balance<OfLoss>(rates_, z, k == other_column(0) ? 0 : 1);
    return firing_[k] == Firing::fires ? z[k] : -z[k];
  }
  LOGMARGIN_HOST_DEVICE Firing firing(int k) const { return firing_[k]; }

 private:
  LOGMARGIN_HOST_DEVICE bool fires(int k) const { return firing_[k] == Firing::fires; }
  LOGMARGIN_HOST_DEVICE bool moves(int i) const { return fires(own_column(i)) || fires(stray_column(i)); }

  /// Returns the margin at point i. The pre-activation of a neuron that fires counts below zero too, where it may be
  /// heading.
  LOGMARGIN_HOST_DEVICE double margin(const double* z, int i) const {
    return (fires(own_column(i)) ? z[own_column(i)] : 0.0) - (fires(stray_column(i)) ? z[stray_column(i)] : 0.0);
  }

  LOGMARGIN_HOST_DEVICE void set_pulls(int j) {
    const int own = own_column(j);
    const int other = other_column(j);
    const double own_rate = rates_.point[j];
    const double other_rate = rates_.point[1 - j];
    const double coupling = rates_.coupling;
    const bool slides = firing_[other] == Firing::slides;
    // A neuron that slides fires for a part of the time, and this takes so much from its own point's pull.
    const double held = slides ? larger(0.0, own_rate - coupling * (coupling / other_rate)) : own_rate;
    gradient_[j][own] = fires(own) ? held : 0.0;
    gradient_[1 - j][own] = fires(other) ? -coupling : 0.0;
    gradient_[j][other] = fires(own) && !slides ? coupling : 0.0;
    gradient_[1 - j][other] = fires(other) ? -other_rate : 0.0;
  }

  FlowRates rates_;
  Firing firing_[flow_dimension];
  double gradient_[2][flow_dimension];
};

}  // namespace logmargin
