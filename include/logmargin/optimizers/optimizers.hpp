#pragma once

#include "logmargin/optimizers/dual_acceleration.hpp"
#include "logmargin/optimizers/gradient_descent.hpp"
#include "logmargin/optimizers/gradient_flow.hpp"
#include "logmargin/optimizers/heavy_ball.hpp"
#include "logmargin/optimizers/nesterov.hpp"
#include "logmargin/optimizers/normalised_descent.hpp"
#include "logmargin/optimizers/progressive_rescaling.hpp"

namespace logmargin {

template <class... Each>
struct OptimizerList {
  static constexpr int count = sizeof...(Each);
  static constexpr OptimizerFacts facts[count] = {Each::facts...};

  /// Calls visit with a value of the type of optimiser number index.
  template <class Visit>
  LOGMARGIN_HOST_DEVICE static void visit(int index, Visit&& visit) {
    int place = 0;
    ((place++ == index ? visit(Each{}) : void()), ...);
  }
};

/// Optimizers is the registry: --optimizer, replay, the processors' loops and the GPU's kernels know what stands here.
/// Gradient descent comes first.
using Optimizers = OptimizerList<GradientDescent, NormalisedDescent, HeavyBall, Nesterov, DualAcceleration,
                                 ProgressiveRescaling, GradientFlow>;

/// An optimiser may remember at most this many numbers of a network.
inline constexpr int most_memory_columns = 4;

/// Returns the facts of the method's optimiser. Precondition: the optimiser is in the registry.
inline OptimizerFacts facts_of(const Method& method) { return Optimizers::facts[method.optimizer]; }

/// Calls visit with values of the types of the method's optimiser and loss, for an optimiser that takes steps, or for
/// one that does not, as takes_steps says; it does nothing for another.
template <bool takes_steps, class Visit>
LOGMARGIN_HOST_DEVICE void visit_method_that(const Method& method, Visit&& visit) {
  Optimizers::visit(method.optimizer, [&](auto optimizer) LOGMARGIN_INLINED {
    if constexpr (decltype(optimizer)::facts.takes_steps == takes_steps) {
      if (method.loss == Loss::logistic) {
        visit(optimizer, LogisticLoss{});
      } else {
        visit(optimizer, ExponentialLoss{});
      }
    }
  });
}

/// Calls visit for an optimiser that takes steps, and does nothing for another.
template <class Visit>
LOGMARGIN_HOST_DEVICE void visit_method(const Method& method, Visit&& visit) {
  visit_method_that<true>(method, visit);
}

LOGMARGIN_HOST_DEVICE bool takes_steps(const Method& method) {
  bool steps = false;
  visit_method(method, [&](auto, auto) LOGMARGIN_INLINED { steps = true; });
  return steps;
}

/// OdeSolution says where a network is at any t under a method without steps.
using OdeSolution = FlowSolution;

/// Returns the path of a network. Precondition, here and below: the method takes no steps.
LOGMARGIN_HOST_DEVICE_CALLED OdeSolution path_of(const Problem& problem, const Network<double>& initial) {
  OdeSolution path = {};
  visit_method_that<false>(problem.method, [&](auto optimizer, auto loss) LOGMARGIN_INLINED {
    path = decltype(optimizer)::template start<decltype(loss)>(problem, initial);
  });
  return path;
}

/// Returns the network at t. Precondition: t >= 0 does not fall from call to call.
LOGMARGIN_HOST_DEVICE_CALLED Network<double> network_at(const Problem& problem, OdeSolution& path, double t) {
  Network<double> network = {};
  visit_method_that<false>(problem.method, [&](auto optimizer, auto loss) LOGMARGIN_INLINED {
    network = decltype(optimizer)::template at<decltype(loss)>(problem, path, t);
  });
  return network;
}

/// Expectation holds the law that the gap is expected to follow, and its growth, as in OptimizerFacts.
struct Expectation {
  ExpectedLaw law;
  double growth;
};

LOGMARGIN_HOST_DEVICE Expectation expectation_of(const Method& method) {
  Expectation expectation = {ExpectedLaw::none, 0.0};
  Optimizers::visit(method.optimizer, [&](auto optimizer) LOGMARGIN_INLINED {
    constexpr Expectation of_optimizer = {decltype(optimizer)::facts.law, decltype(optimizer)::facts.growth};
    expectation = of_optimizer;
  });
  return expectation;
}

}  // namespace logmargin
