#pragma once

#include <cstdint>

#include "logmargin/initial/initialise.hpp"
#include "logmargin/measure/limiting_constant.hpp"
#include "logmargin/measure/outcome_name.hpp"
#include "logmargin/model/observation.hpp"
#include "logmargin/stepping/dispatch.hpp"

/// This namespace holds gradient descent on two ReLU neurons and two labelled points (arXiv:2603.02095).
namespace logmargin {

/// TrainedNetwork is a network after training, and where it came from.
struct TrainedNetwork {
  Weights initial;           ///< at t = 0
  Weights final;             ///< after the last step
  Outcome outcome;           ///< how it stands then
  Observation<double> seen;  ///< what it shows then, as_told: NaN margin and gap unless both points are classified
  double limiting_constant;  ///< the limit of gap ln t; NaN unless the network converges and the limit is known
  Network<double> network;   ///< its pre-activations then
};

/// Returns the network after so many steps of the problem's method, each of them computed. It is bit for bit what the
/// program has at t = steps in lockstep, or by a method without steps at t = steps. A network that no step of gradient
/// descent changes any more is not stepped further.
///
/// \param problem the two points, the step size and the method, of make_problem
/// \param initial any finite weights, such as those of initial_weights
/// \param steps   0 or more
LOGMARGIN_HOST_DEVICE TrainedNetwork train(const Problem& problem, const Weights& initial, std::int64_t steps) {
  constexpr double steps_between_looks = 4096.0;
  const auto end = static_cast<double>(steps);
  TrainedNetwork trained = {};
  trained.initial = initial;
  with_lockstep_stepper<double>(problem, [&]<class Stepper>(std::type_identity<Stepper>) {
    Stepper stepper = Stepper::start(problem, network_from_weights(problem, initial), 0.0);
    const typename Stepper::Setting setting(problem, end);
    bool at_rest = false;
    for (double t = 0.0; t < end && !at_rest;) {
      const double next = Stepper::is_gd_exponential ? smaller(t + steps_between_looks, end) : end;
      stepper.advance(setting, t, next, NoPoll{});
      t = next;
      if constexpr (Stepper::is_gd_exponential) at_rest = stepper.rests(setting, t);
    }
    trained.network = stepper.network;
    trained.outcome = stepper.outcome(problem, end);
  });
  trained.final = weights_of(problem, trained.network);
  trained.seen = as_told(observe(problem, trained.network));
  trained.limiting_constant = limiting_constant(problem, trained.network);
  return trained;
}

}  // namespace logmargin
