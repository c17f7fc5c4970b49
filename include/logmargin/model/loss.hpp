#pragma once

#include "logmargin/model/pair_exponential.hpp"
#include "logmargin/numerics/exponential.hpp"
#include "logmargin/numerics/log1p.hpp"
#include "logmargin/numerics/logarithm.hpp"

namespace logmargin {

/// LossShares holds -l'(m) over the mean loss of two margins, for each of them.
template <class V>
struct LossShares {
  V least;  ///< of the smaller margin
  V other;
};

/// ExponentialLoss is l(m) = exp(-m).
struct ExponentialLoss {
  /// Returns -l'(m), given -m.
  template <class V>
  LOGMARGIN_HOST_DEVICE static auto weight(V minus_margin) {
    return exponential(minus_margin);
  }
  /// Returns ln(-l'(m)), given -m; it is finite where the weight itself is out of range.
  template <class V>
  LOGMARGIN_HOST_DEVICE static V log_weight(V minus_margin) {
    return minus_margin;
  }
  /// Returns the shares of the two margins' losses.
  template <class V>
  LOGMARGIN_HOST_DEVICE static LossShares<V> shares(V least, V other) {
    const V part = exponential(least - other);
    const V of_least = V(2.0) / (V(1.0) + part);
    return {of_least, of_least * part};
  }
};

/// LogisticLoss is l(m) = ln(1 + exp(-m)).
struct LogisticLoss {
  template <class V>
  LOGMARGIN_HOST_DEVICE static V weight(V minus_margin) {
    return V(1.0) / (V(1.0) + exponential(-minus_margin));
  }
  template <class V>
  LOGMARGIN_HOST_DEVICE static V log_weight(V minus_margin) {
    return -logarithm_of_sum(-minus_margin, V(0.0));
  }
  /// Returns the shares of the two margins' losses, taken relative to exp(-least) where that may be too small, else as
  /// they are.
  ///
  /// With u and v the smaller ones of exp(m) and exp(-m), the losses' sum is ln((1 + u)(1 + v)) less the negative
  /// margins: one logarithm, and the product is a denominator that both shares have.
  template <class V>
  LOGMARGIN_HOST_DEVICE static LossShares<V> shares(V least, V other) {
    using L = lane<V>;
    const auto both_classified = least > V(0.0);
    // Below e^-41 no result here depends on u, whose square would be subnormal.
    const V u = exponential_of_nonpositive(-absolute(least), -41.0);
    const V scale = L::select(both_classified, u, V(1.0));
    const V v_over_scale = exponential_of_nonpositive(larger(least, V(0.0)) - absolute(other));
    const V one_and_u = V(1.0) + u;
    const V excess = L::fma(v_over_scale, one_and_u, L::select(both_classified, V(1.0), u));
    const ScaledLog1p<V> logarithm = scaled_log1p(scale, excess);
    const V losses = logarithm.value - (smaller(least, V(0.0)) + smaller(other, V(0.0)));
    const V once = logarithm.factor_left / (L::fma(scale, excess, V(1.0)) * losses);
    const V twice = once + once;
    return {twice * L::fma(scale, v_over_scale, V(1.0)),
            L::select(other > V(0.0), v_over_scale, V(1.0)) * (twice * one_and_u)};
  }
};

/// Returns log10 of (exp(-m1) + exp(-m2))/2, factored about the smaller margin so that it never underflows.
template <class V>
LOGMARGIN_HOST_DEVICE V log10_mean_exponential_loss(V first_margin, V second_margin) {
  const V least = smaller(first_margin, second_margin);
  const V apart = absolute(first_margin - second_margin);
  // Beyond 700 apart the larger margin's loss is lost against the smaller one's, as it is at 700; NaN too becomes 700.
  const V ratio = exponential_of_moderate(-smaller(V(700.0), apart));
  const V rest = logarithm_of_normal(lane<V>::fma(V(0.5), ratio, V(0.5)));
  return (rest - least) * V(inverse_of_ln_10);
}

/// Returns ln(1 + exp(-m)) for any m; it is 0 beyond 708.
template <class V>
LOGMARGIN_HOST_DEVICE V logistic_loss(V margin) {
  return logarithm_of_sum(-margin, V(0.0));
}

/// Returns log10 of the mean of ln(1 + exp(-m)). Beyond 40 the logistic loss equals the exponential one to every digit.
template <class V>
LOGMARGIN_HOST_DEVICE V log10_mean_logistic_loss(V first_margin, V second_margin) {
  const V mean = V(0.5) * (logistic_loss(first_margin) + logistic_loss(second_margin));
  return lane<V>::select(smaller(first_margin, second_margin) > V(40.0),
                         log10_mean_exponential_loss(first_margin, second_margin),
                         logarithm(mean) * V(inverse_of_ln_10));
}

}  // namespace logmargin
