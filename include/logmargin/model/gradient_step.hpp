#pragma once

#include <type_traits>

#include "logmargin/model/loss.hpp"
#include "logmargin/model/network.hpp"

namespace logmargin {

/// Pull holds one point's part of the gradient: the weight rho = -l'(y N) of its loss, for each neuron that is active
/// there.
template <class Weight>
struct Pull {
  Weight correct;  ///< on the neuron that should fire; 0 where it does not
  Weight wrong;    ///< on the neuron that should not; 0 where it does not
};

/// Returns the pull of a point. correct, wrong: the two neurons' pre-activations there. relu'(0) = 0. The weight of a V
/// is what exponential gives: V itself, or one float for pairs of floats.
template <class OfLoss = ExponentialLoss, class V>
LOGMARGIN_HOST_DEVICE auto point_loss_gradient(V correct, V wrong) {
  const auto correct_fires = positive(correct);
  const auto wrong_fires = positive(wrong);
  const auto rho = OfLoss::weight(zero_unless(wrong_fires, wrong) - zero_unless(correct_fires, correct));
  return Pull<std::remove_const_t<decltype(rho)>>{zero_unless(correct_fires, rho), zero_unless(wrong_fires, rho)};
}

/// PointState holds the two neurons' pre-activations at one point, for data where the points do not act on each other.
template <class V>
struct PointState {
  V correct, wrong;
};

/// Returns one point of decoupled data after a gradient step; rate is its own kappa_ii.
template <class V>
LOGMARGIN_HOST_DEVICE PointState<V> gradient_step(V rate, const PointState<V>& point) {
  using L = lane<V>;
  const auto force = point_loss_gradient(point.correct, point.wrong);
  return {L::fma(rate, force.correct, point.correct), L::fma(-rate, force.wrong, point.wrong)};
}

/// Rates holds the step coefficients, broadcast to the lane type once, outside the step loop.
template <class V>
struct Rates {
  V positive, negative, coupling;   ///< kappa_11, kappa_22, kappa_12
  V first_follows, second_follows;  ///< kappa_12/kappa_ii: how far the neuron that fires at point i moves at the other

  LOGMARGIN_HOST_DEVICE explicit Rates(const Problem& problem)
      : positive(problem.rate_positive),
        negative(problem.rate_negative),
        coupling(problem.rate_coupling),
        first_follows(problem.rate_coupling / problem.rate_positive),
        second_follows(problem.rate_coupling / problem.rate_negative) {}
};

/// LossGradient holds both points' parts of the gradient.
template <class Weight>
struct LossGradient {
  Pull<Weight> first, second;
};

template <class OfLoss = ExponentialLoss, class V>
LOGMARGIN_HOST_DEVICE auto loss_gradient(const Network<V>& network) {
  const auto first = point_loss_gradient<OfLoss>(network.z11, network.z21);
  return LossGradient<std::remove_const_t<decltype(first.correct)>>{
      first, point_loss_gradient<OfLoss>(network.z22, network.z12)};
}

/// Returns a network after an update: z_jk + sum_i kappa_ik v_j y_i rho_i [z_ji > 0], for coupled points or not.
template <class V, class Weight>
LOGMARGIN_HOST_DEVICE Network<V> apply_update(const Rates<V>& rates, const LossGradient<Weight>& by,
                                              const Network<V>& from) {
  using L = lane<V>;
  return {
      L::fma(-rates.coupling, by.second.wrong, L::fma(rates.positive, by.first.correct, from.z11)),
      L::fma(rates.coupling, by.first.correct, L::fma(-rates.negative, by.second.wrong, from.z12)),
      L::fma(rates.coupling, by.second.correct, L::fma(-rates.positive, by.first.wrong, from.z21)),
      L::fma(-rates.coupling, by.first.wrong, L::fma(rates.negative, by.second.correct, from.z22)),
  };
}

/// Returns the network after one step of gradient descent on both points.
///
/// Coupled = false leaves out the terms in kappa_12 and gives the same bits where kappa_12 is 0.
template <bool Coupled, class V>
LOGMARGIN_HOST_DEVICE Network<V> gradient_step(const Rates<V>& rates, const Network<V>& network) {
  if constexpr (!Coupled) {
    const PointState<V> first = gradient_step(rates.positive, PointState<V>{network.z11, network.z21});
    const PointState<V> second = gradient_step(rates.negative, PointState<V>{network.z22, network.z12});
    return {first.correct, second.wrong, first.wrong, second.correct};
  } else {
    return apply_update(rates, loss_gradient(network), network);
  }
}

/// Returns the same with the choice made at run time, for code outside the step loop.
template <class V>
LOGMARGIN_HOST_DEVICE Network<V> gradient_step(const Problem& problem, const Network<V>& network) {
  const Rates<V> rates(problem);
  return with_coupling(
      problem, [&](auto coupled) LOGMARGIN_INLINED { return gradient_step<decltype(coupled)::value>(rates, network); });
}

}  // namespace logmargin
