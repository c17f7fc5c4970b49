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

/// A settled point could leave the range of exponential_of_moderate past these bounds.
template <class Number>
inline constexpr double largest_settled_rate = 100.0;
template <class Number>
inline constexpr double largest_settled_activation = 500.0;
template <>
inline constexpr double largest_settled_rate<Pair<float>> = 50.0;
template <>
inline constexpr double largest_settled_activation<Pair<float>> = 60.0;

/// Returns whether the point is specialised and will stay where settled_step computes it. Its correct pre-activation
/// rises by at most rate exp(-correct), that is to below 450 from below 350, and by nothing that a double can hold from
/// there on; a pair of floats rises to below 51 from below 40, and by less than 1e-15 from there on.
template <class Number>
LOGMARGIN_HOST_DEVICE bool is_settled(const Number& rate, const PointState<Number>& point) {
  return widen(rate) <= largest_settled_rate<Number> && positive(point.correct) && !positive(point.wrong) &&
         widen(point.correct) <= largest_settled_activation<Number>;
}

/// Returns what gradient_step makes of the correct pre-activation of a settled point, to the bit; the wrong one stays.
template <class V>
LOGMARGIN_HOST_DEVICE V settled_step(V rate, V correct) {
  return lane<V>::fma(rate, exponential_of_moderate(-correct), correct);
}

/// Rates holds the step coefficients, broadcast to the lane type once, outside the step loop.
template <class V>
struct Rates {
  V positive, negative, coupling;

  LOGMARGIN_HOST_DEVICE explicit Rates(const Problem& problem)
      : positive(problem.rate_positive), negative(problem.rate_negative), coupling(problem.rate_coupling) {}
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

/// Returns whether both points are settled and their coupling can only push the wrong pre-activations further down.
template <class Number>
LOGMARGIN_HOST_DEVICE bool is_settled(const Rates<Number>& rates, const Network<Number>& network) {
  return !positive(rates.coupling) && is_settled(rates.positive, PointState<Number>{network.z11, network.z21}) &&
         is_settled(rates.negative, PointState<Number>{network.z22, network.z12});
}

/// Returns what gradient_step<true> makes of a settled network, to the bit.
template <class V>
LOGMARGIN_HOST_DEVICE Network<V> settled_step(const Rates<V>& rates, const Network<V>& network) {
  using L = lane<V>;
  const auto first = exponential_of_moderate(-network.z11);
  const auto second = exponential_of_moderate(-network.z22);
  return {L::fma(rates.positive, first, network.z11), L::fma(rates.coupling, first, network.z12),
          L::fma(rates.coupling, second, network.z21), L::fma(rates.negative, second, network.z22)};
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
