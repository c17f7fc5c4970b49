#pragma once

#include "logmargin/model/gradient_step.hpp"

namespace logmargin {

/// This many steps lie between two looks at which neurons are active at a point. It is a constant number: with another
/// the CPU's loop takes a fifth longer.
inline constexpr std::int64_t steady_steps = 16;

/// SteadyPoint is a point as its steps see it while no neuron starts or stops firing there; one that does not fire
/// stands at 0, with rate 0.
template <class V>
struct SteadyPoint {
  V correct, wrong;
  V rate_of_correct, rate_of_wrong;  ///< kappa_ii and -kappa_ii
};

template <class V>
LOGMARGIN_HOST_DEVICE SteadyPoint<V> steady_point(V rate, const PointState<V>& point) {
  const auto correct_fires = positive(point.correct);
  const auto wrong_fires = positive(point.wrong);
  return {zero_unless(correct_fires, point.correct), zero_unless(wrong_fires, point.wrong),
          zero_unless(correct_fires, rate), zero_unless(wrong_fires, -rate)};
}

/// A point could leave the range of exponential_of_moderate within steady_steps past these bounds.
template <class Number>
inline constexpr double largest_steady_rate = 50.0;
template <class Number>
inline constexpr double largest_steady_margin = 400.0;
template <>
inline constexpr double largest_steady_rate<Pair<float>> = 10.0;
template <>
inline constexpr double largest_steady_margin<Pair<float>> = 40.0;

/// Returns whether the margin is at least 0 and below the largest one. From such a margin on, n steps climb by less
/// than 2 rate + ln(1 + 2 rate n) + 1. It is false where the margin is not a number.
template <class V>
LOGMARGIN_HOST_DEVICE auto within_steady_range(const SteadyPoint<V>& point, double largest_margin) {
  const V margin = point.correct - point.wrong;
  return !positive(-margin) && positive(V(largest_margin) - margin);
}

/// Returns what gradient_step does, to the bit, as long as the same neurons fire and none of the bounds above is
/// passed.
template <class V>
LOGMARGIN_HOST_DEVICE SteadyPoint<V> steady_step(const SteadyPoint<V>& point) {
  using L = lane<V>;
  const auto rho = exponential_of_moderate(point.wrong - point.correct);
  return {L::fma(point.rate_of_correct, rho, point.correct), L::fma(point.rate_of_wrong, rho, point.wrong),
          point.rate_of_correct, point.rate_of_wrong};
}

/// Returns whether the same neurons have fired since before: the right one's pre-activation only grows, the wrong one's
/// only falls.
template <class V>
LOGMARGIN_HOST_DEVICE auto stayed_steady(const PointState<V>& before, const SteadyPoint<V>& after) {
  return !positive(before.wrong) || positive(after.wrong);
}

/// Returns where steps have taken a point that stayed steady.
template <class V>
LOGMARGIN_HOST_DEVICE PointState<V> state_after(const PointState<V>& before, const SteadyPoint<V>& after) {
  using L = lane<V>;
  return {L::select(positive(before.correct), after.correct, before.correct),
          L::select(positive(before.wrong), after.wrong, before.wrong)};
}

}  // namespace logmargin
