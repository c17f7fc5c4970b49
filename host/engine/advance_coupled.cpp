#include "host/engine/advance_coupled.hpp"

#include <algorithm>
#include <cmath>

#include "host/engine/stepped_networks.hpp"
#include "logmargin/coupled_leap.hpp"
#include "logmargin/time_to_gap.hpp"

namespace logmargin {

namespace {

constexpr double steps_between_stop_checks = 65536.0;

bool finite(const Network<double>& z) {
  return std::isfinite(z.z11) && std::isfinite(z.z12) && std::isfinite(z.z21) && std::isfinite(z.z22);
}

/// Whether no step moves a network any more, nor so many steps together: each by less than the last place of what it
/// moves.
bool stays_for(const Problem& problem, const Network<double>& network, double steps) {
  const auto first = pull(network.z11, network.z21);
  const auto second = pull(network.z22, network.z12);
  const double weight = std::max({first.correct, first.wrong, second.correct, second.wrong});
  const double rate = std::max({problem.rate_positive, problem.rate_negative, std::abs(problem.rate_coupling)});
  const double most = rate * (2.0 * weight) * steps;
  return network.z11 + most == network.z11 && network.z12 + most == network.z12 && network.z21 + most == network.z21 &&
         network.z22 + most == network.z22;
}

}  // namespace

AdvanceResult advance_coupled(const Problem& problem, Network<double> network, double from_t, double to_t,
                              double most_effort, const RunControl& control) {
  double left = to_t - from_t;
  // Apart from what is left, beside which few steps would be lost.
  double reached_t = from_t;
  double one_by_one = 0.0;
  double effort = 0.0;
  double next_stop_check = 0.0;
  LeapTries tries;
  while (left > 0.0) {
    if (tries.due(network)) {
      // What is not finite has diverged for good.
      if (!finite(network) || stays_for(problem, network, left)) break;
      const double leapt = leap_coupled(problem, network, left);
      effort += steps_worth_a_leap;
      tries.count_leap(leapt);
      left -= leapt;
      reached_t += leapt;
      if (left <= 0.0) break;
    }
    if (effort >= most_effort) return {network, reached_t, left, one_by_one, effort};
    if (effort >= next_stop_check) {
      look_for_stop(control);
      if (!finite(network) || stays_for(problem, network, left)) break;
      next_stop_check = effort + steps_between_stop_checks;
    }
    network = gradient_step(problem, network);
    tries.count_step();
    left -= 1.0;
    reached_t += 1.0;
    one_by_one += 1.0;
    effort += 1.0;
  }
  return {network, to_t, 0.0, one_by_one, effort};
}

}  // namespace logmargin
