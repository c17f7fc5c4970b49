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
  /// -l'(m) exp(m) and l(m) exp(m), which stay in range for any margin; given exp(-m).
  template <class V>
  LOGMARGIN_HOST_DEVICE static V relative_weight(V) {
    return V(1.0);
  }
  template <class V>
  LOGMARGIN_HOST_DEVICE static V relative_loss(V) {
    return V(1.0);
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
  template <class V>
  LOGMARGIN_HOST_DEVICE static V relative_weight(V u) {
    return V(1.0) / (V(1.0) + u);
  }
  template <class V>
  LOGMARGIN_HOST_DEVICE static V relative_loss(V u) {
    return relative_log1p(u);
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
