#pragma once

#include <cstdint>

#include "logmargin/initialise.hpp"
#include "logmargin/limiting_constant.hpp"
#include "logmargin/method_state.hpp"
#include "logmargin/observation.hpp"
#include "logmargin/outcome_name.hpp"

/// Gradient descent on two ReLU neurons and two labelled points (arXiv:2603.02095).
namespace logmargin {

/// A network after training, and where it came from.
struct TrainedNetwork {
  Weights initial;           ///< at t = 0
  Weights final;             ///< after the last step
  Outcome outcome;           ///< how it stands then
  Observation<double> seen;  ///< what it shows then: margin, gap, loss
  double limiting_constant;  ///< the limit of gap ln t; NaN unless the network converges and the limit is known
  Network<double> network;   ///< its pre-activations then
};

/// The network after so many steps of the problem's method, each of them computed: bit for bit what the program has at
/// t = steps in lockstep, or by a method without steps at t = steps. A network that no step of gradient descent changes
/// any more is not stepped further.
///
/// \param problem the two points, the step size and the method, of make_problem
/// \param initial any finite weights, such as those of initial_weights
/// \param steps   0 or more
LOGMARGIN_HOST_DEVICE TrainedNetwork train(const Problem& problem, const Weights& initial, std::int64_t steps) {
  Network<double> network = network_from_weights(problem, initial);
  if (!takes_steps(problem.method)) {
    DirectPath path = path_of(problem, network);
    network = network_at(problem, path, static_cast<double>(steps));
    return {initial,
            weights_of(problem, network),
            classify(problem, network, false),
            observe(problem, network),
            limiting_constant(problem, network),
            network};
  }
  if (!problem.method.plain()) {
    MethodState state = start_of(problem, network);
    advance_state(problem, 0.0, steps, state);
    network = state.network;
    return {initial,
            weights_of(problem, network),
            classify(problem, static_cast<double>(steps), state),
            observe(problem, network),
            limiting_constant(problem, network),
            network};
  }
  for (std::int64_t t = 0; t < steps; ++t) {
    const Network<double> next = gradient_step(problem, network);
    const bool at_rest =
        next.z11 == network.z11 && next.z12 == network.z12 && next.z21 == network.z21 && next.z22 == network.z22;
    if (at_rest) break;
    network = next;
  }
  return {initial,
          weights_of(problem, network),
          classify(problem, network),
          observe(problem, network),
          limiting_constant(problem, network),
          network};
}

}  // namespace logmargin
