#pragma once

#include "logmargin/exponential.hpp"
#include "logmargin/logarithm.hpp"
#include "logmargin/pair_exponential.hpp"

namespace logmargin {

/// ln(1 + u)/u for u >= 0. Rounding in 1 + u cancels out (W. Kahan's way to log1p).
template <class V>
LOGMARGIN_HOST_DEVICE V relative_log1p(V u) {
  const V whole = V(1.0) + u;
  const auto lost = whole == V(1.0);
  return lane<V>::select(lost, V(1.0), logarithm_of_normal(whole) / lane<V>::select(lost, V(1.0), whole - V(1.0)));
}

/// -l'(m) over the mean loss of two margins, for each of them.
template <class V>
struct LossShares {
  V least;  ///< of the smaller margin
  V other;
};

/// l(m) = exp(-m).
struct ExponentialLoss {
  /// -l'(m), given -m.
  template <class V>
  LOGMARGIN_HOST_DEVICE static auto weight(V minus_margin) {
    return exponential(minus_margin);
  }
  /// ln(-l'(m)), given -m: finite where the weight itself is out of range.
  template <class V>
  LOGMARGIN_HOST_DEVICE static V log_weight(V minus_margin) {
    return minus_margin;
  }
  /// Of the two margins' losses.
  template <class V>
  LOGMARGIN_HOST_DEVICE static LossShares<V> shares(V least, V other) {
    const V part = exponential(least - other);
    const V of_least = V(2.0) / (V(1.0) + part);
    return {of_least, of_least * part};
  }
};

/// l(m) = ln(1 + exp(-m)).
struct LogisticLoss {
  template <class V>
  LOGMARGIN_HOST_DEVICE static V weight(V minus_margin) {
    return V(1.0) / (V(1.0) + exponential(-minus_margin));
  }
  template <class V>
  LOGMARGIN_HOST_DEVICE static V log_weight(V minus_margin) {
    const V u = exponential(-absolute(minus_margin));
    return smaller(minus_margin, V(0.0)) - u * relative_log1p(u);
  }
  /// Of the two margins' losses: relative to exp(-least) where that may be too small, else as they are.
  template <class V>
  LOGMARGIN_HOST_DEVICE static LossShares<V> shares(V least, V other) {
    using L = lane<V>;
    const auto both_classified = least > V(0.0);
    const auto other_classified = other > V(0.0);
    const V u = exponential(-absolute(least));
    const V of_other = exponential(L::select(both_classified, least - other, -absolute(other)));
    const V u_other = L::select(both_classified, u * of_other, of_other);
    const V log_least = relative_log1p(u);
    const V log_other = relative_log1p(u_other);
    const V loss_of_least = L::select(both_classified, log_least, L::fma(u, log_least, relu(-least)));
    const V loss_of_other = L::select(both_classified, of_other * log_other, L::fma(u_other, log_other, relu(-other)));
    const V twice_over_loss = V(2.0) / (loss_of_least + loss_of_other);
    return {twice_over_loss / (V(1.0) + u),
            L::select(other_classified, of_other, V(1.0)) * twice_over_loss / (V(1.0) + u_other)};
  }
};

/// log10 of (exp(-m1) + exp(-m2))/2, factored about the smaller margin so that it never underflows.
template <class V>
LOGMARGIN_HOST_DEVICE V log10_mean_exponential_loss(V first_margin, V second_margin) {
  const V least = smaller(first_margin, second_margin);
  const V apart = absolute(first_margin - second_margin);
  // Beyond 700 apart the larger margin's loss is lost against the smaller one's, as it is at 700; NaN too becomes 700.
  const V ratio = exponential_of_moderate(-smaller(V(700.0), apart));
  const V rest = logarithm_of_normal(lane<V>::fma(V(0.5), ratio, V(0.5)));
  return (rest - least) * V(inverse_of_ln_10);
}

/// ln(1 + exp(-m)), for any m; 0 beyond 745.
template <class V>
LOGMARGIN_HOST_DEVICE V logistic_loss(V margin) {
  const V u = exponential(-absolute(margin));
  return lane<V>::fma(u, relative_log1p(u), relu(-margin));
}

/// log10 of the mean of ln(1 + exp(-m)). Beyond 40 the logistic loss is the exponential one to every digit.
template <class V>
LOGMARGIN_HOST_DEVICE V log10_mean_logistic_loss(V first_margin, V second_margin) {
  const V mean = V(0.5) * (logistic_loss(first_margin) + logistic_loss(second_margin));
  return lane<V>::select(smaller(first_margin, second_margin) > V(40.0),
                         log10_mean_exponential_loss(first_margin, second_margin),
                         logarithm(mean) * V(inverse_of_ln_10));
}

}  // namespace logmargin
