#pragma once

#include "logmargin/optimizers/dual_acceleration.hpp"
#include "logmargin/optimizers/gradient_descent.hpp"
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

/// The registry: --optimizer, replay, the processors' loops and the GPU's kernels know what stands here. Gradient
/// descent comes first.
using Optimizers =
    OptimizerList<GradientDescent, NormalisedDescent, HeavyBall, Nesterov, DualAcceleration, ProgressiveRescaling>;

/// Numbers that any optimiser may remember of a network.
inline constexpr int most_memory_columns = 4;

/// Precondition: the method's optimiser is in the registry.
inline OptimizerFacts facts_of(const Method& method) { return Optimizers::facts[method.optimizer]; }

/// Calls visit with values of the types of the method's optimiser and loss.
template <class Visit>
LOGMARGIN_HOST_DEVICE void visit_method(const Method& method, Visit&& visit) {
  Optimizers::visit(method.optimizer, [&](auto optimizer) LOGMARGIN_INLINED {
    if (method.loss == Loss::logistic) {
      visit(optimizer, LogisticLoss{});
    } else {
      visit(optimizer, ExponentialLoss{});
    }
  });
}

/// The law that the gap is expected to follow, and its growth, as in OptimizerFacts.
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
