#pragma once

#include "logmargin/measure/limiting_constant.hpp"

namespace logmargin {

/// A network agrees with theory if it is no farther from what theory expects than this, relative to that.
inline constexpr double theory_tolerance = 0.1;

/// Returns log10 of the t from which a converging network can tell of its law: where the law's own next-order term is
/// at most half of the tolerance, from the beginning of the fit window at sqrt(t) on. It is NaN where that cannot be
/// told: the law is not known, or kappa_12 > 0, for which the state does not show when its pre-activations came to be
/// held at zero.
///
/// Where the gap vanishes, 1/gap is a line in ln t once the difference of the leads has come to its limit, which it
/// does like 1/t; in space, once what the weights have across the line is lost against the sum of the leads, which is
/// so like 1/ln t. Under normalised descent gap t has come to its limit once what the sum of the leads began with is
/// lost, like 1/t. Where a gap remains, the network is there once the rest, constant/ln t, is small beside it.
///
/// network, margin and gap: at t. Precondition: converges(problem, network).
LOGMARGIN_HOST_DEVICE double log10_t_of_law(const Problem& problem, const Network<double>& network, double gap,
                                            double constant, double t) {
  constexpr double allowed = 0.5 * theory_tolerance;
  if (problem.rate_coupling > 0.0) return std::numeric_limits<double>::quiet_NaN();
  const LateLeads late = late_leads(problem, network);
  const OutputMargins<double> lead = output_margins(network);
  const double difference = lead.first - lead.second;
  const double sum = lead.first + lead.second;
  const double growth = late_growth(problem);
  const double log10_t = logarithm(t) * inverse_of_ln_10;
  const double limit = limiting_gap(problem);
  const bool power = expectation_of(problem.method).law == ExpectedLaw::inverse_power;
  if (limit > 0.0) {
    // The crossing's excess is constant sum_slope/sum.
    const double excess = constant * late.sum_slope * growth / sum;
    const double left = (excess == excess ? excess : absolute(gap - limit)) / limit;
    // Normalised descent leaves the rest behind like 1/t.
    if (power) return log10_t + logarithm(left / allowed) * inverse_of_ln_10;
    return log10_t + sum * (left / allowed - 1.0) / (late.sum_slope * growth) * inverse_of_ln_10;
  }
  const double expected = power ? late.sum_slope * growth * t : late.difference;
  const double next_order = absolute((power ? sum : difference) - expected) / absolute(expected);
  // The term is next_order t/sqrt(t') at the beginning of the window that ends at t'.
  double told_from = larger(0.0, 2.0 * (log10_t + logarithm(next_order / allowed) * inverse_of_ln_10));
  // A point so far up that it has not begun to move by then, as after a first step that was huge: gradient descent and
  // what grows like it need not have come near their limit before e^z/kappa steps.
  if (!power && growth == 1.0) {
    const double first_start = network.z11 - logarithm(problem.rate_positive);
    const double second_start = network.z22 - logarithm(problem.rate_negative);
    const double start = larger(first_start, second_start);
    if (start > logarithm(t) + 1.0) {
      told_from =
          larger(told_from, 2.0 * inverse_of_ln_10 * (start - logarithm(allowed * smaller(1.0, absolute(expected)))));
    }
  }
  if (problem.multi_dimensional && !power) {
    const double across = gap * sum / (problem.optimal_margin * absolute(difference)) - 1.0;
    told_from = larger(told_from, 2.0 * log10_t * across / allowed);
  }
  return constant == constant ? told_from : constant;
}

}  // namespace logmargin
