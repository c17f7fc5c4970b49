#pragma once

#include <cstdint>
#include <limits>
#include <type_traits>

#include "logmargin/model/gradient_step.hpp"
#include "logmargin/numerics/decay.hpp"

namespace logmargin {

/// A round is so many steps, the first of them at a multiple of it.
inline constexpr std::int64_t round_steps = 32;

// The rise of a point is what the next step adds to its margin: s = n kappa_ii exp(-m), where n of its neurons fire.
// While the same neurons fire, a step takes m to m + s and so s to s exp(-s). So within a round the rise is carried
// from step to step, and no step has an exponential of its own. It is taken anew from the margin at the beginning of
// each round, where it is also decided, for the round, whether it is carried; else it is NaN.
//
// A rise is kept as a V. One of pairs of floats holds the rise at the beginning of the round (high) and the sum of
// those since (low): s = high exp(-low) is rounded once, however small it is.

/// Rises are carried from this t on; all steps before it have an exponential of their own.
template <class V>
inline constexpr std::int64_t first_carried_t = 64;
template <class F>
inline constexpr std::int64_t first_carried_t<Pair<F>> = 2048;

/// Calls visit with the number of terms by which rises decay in the round of t. Of a point that has moved on its own
/// since t = 0 the rise is below 1/t, since 1/s grows by more than 1 a step. Precondition: t >= first_carried_t<V>.
template <class V, class Visit>
LOGMARGIN_HOST_DEVICE void with_decay_terms(std::int64_t t, Visit&& visit) {
  if (t >= 65536) {
    visit(std::integral_constant<int, 2>{});
  } else if (t >= 2048 || first_carried_t<V> >= 2048) {
    visit(std::integral_constant<int, 3>{});
  } else if constexpr (first_carried_t<V> < 2048) {
    visit(std::integral_constant<int, 5>{});
  }
}

/// Returns the rise itself, as a V or as one float for pairs of floats.
template <int terms, class V>
LOGMARGIN_HOST_DEVICE V rise_now(V rise) {
  return rise;
}
template <int terms, class F>
LOGMARGIN_HOST_DEVICE F rise_now(const Pair<F>& rise) {
  return lane<F>::fma(rise.high, decay<terms>(rise.low), rise.high);
}

/// Returns the rise of the next step. now: rise_now of it.
template <int terms, class V>
LOGMARGIN_HOST_DEVICE V next_rise(V /*rise*/, V now) {
  return lane<V>::fma(now, decay<terms>(now), now);
}
template <int terms, class F>
LOGMARGIN_HOST_DEVICE Pair<F> next_rise(const Pair<F>& rise, F now) {
  return {rise.high, rise.low + now};
}

/// Returns a rise as it is kept at the beginning of a round.
template <class V>
LOGMARGIN_HOST_DEVICE V first_rise(V rate, V weight) {
  return rate * weight;
}
template <class F>
LOGMARGIN_HOST_DEVICE Pair<F> first_rise(const Pair<F>& rate, F weight) {
  return {lane<F>::fma(rate.high, weight, rate.low * weight), F(0.0F)};
}

/// Returns z + share s, for a share that is 0 or a power of two in size. Precondition of pairs: |z| > |s|, or s = 0.
template <class V>
LOGMARGIN_HOST_DEVICE V raised(V z, V rise, V share) {
  return lane<V>::fma(rise, share, z);
}
template <class F>
LOGMARGIN_HOST_DEVICE Pair<F> raised(const Pair<F>& z, F rise, F share) {
  return fast_two_sum(z.high, lane<F>::fma(rise, share, z.low));
}
template <class V>
LOGMARGIN_HOST_DEVICE V raised(V z, V rise) {
  return z + rise;
}
template <class F>
LOGMARGIN_HOST_DEVICE Pair<F> raised(const Pair<F>& z, F rise) {
  return fast_two_sum(z.high, z.low + rise);
}

/// Returns the number itself, or what leads a pair.
template <class V>
LOGMARGIN_HOST_DEVICE V leading(V x) {
  return x;
}
template <class F>
LOGMARGIN_HOST_DEVICE F leading(const Pair<F>& x) {
  return x.high;
}

/// Returns whether the rise is carried in this round.
template <class V>
LOGMARGIN_HOST_DEVICE auto is_carried(const V& rise) {
  return leading(rise) == leading(rise);
}

/// Returns the rise where the condition holds, else what stands for one that is not carried.
template <class V>
LOGMARGIN_HOST_DEVICE V carried_where(typename lane<V>::mask condition, V rise) {
  return lane<V>::select(condition, rise, V(std::numeric_limits<typename lane<V>::scalar>::quiet_NaN()));
}
template <class F>
LOGMARGIN_HOST_DEVICE Pair<F> carried_where(typename lane<F>::mask condition, const Pair<F>& rise) {
  return {carried_where(condition, rise.high), rise.low};
}

/// Returns the rise of a point at the beginning of a round. It is carried if it is small enough for so many terms, and
/// no firing neuron comes near 0 in the round: each stands above what twice so many steps take.
template <int terms, class V>
LOGMARGIN_HOST_DEVICE V rise_of_round(const V& rate, const PointState<V>& point) {
  using Weight = decltype(leading(rate));
  const auto correct_fires = positive(point.correct);
  const auto wrong_fires = positive(point.wrong);
  const Weight weight =
      ExponentialLoss::weight(zero_unless(wrong_fires, point.wrong) - zero_unless(correct_fires, point.correct));
  const Weight one(1);
  const V rise = first_rise(rate, weight * (zero_unless(correct_fires, one) + zero_unless(wrong_fires, one)));
  const Weight now = leading(rise);
  const Weight far = Weight(static_cast<int>(2 * round_steps)) * now;
  const auto carried = now < Weight(static_cast<typename lane<Weight>::scalar>(largest_decay<terms>)) &&
                       (!correct_fires || leading(point.correct) > far) && (!wrong_fires || leading(point.wrong) > far);
  return carried_where(carried, rise);
}

}  // namespace logmargin
