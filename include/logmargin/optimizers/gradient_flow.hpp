#pragma once

#include "logmargin/flow/flow_point.hpp"
#include "logmargin/flow/flow_solution.hpp"
#include "logmargin/optimizers/optimizer.hpp"

namespace logmargin {

/// GradientFlow follows theta' = -eta grad L in continuous time, in which a step of gradient descent takes a time of 1.
/// An optimiser that takes no steps has a path of each network instead, which leads to any t. Where the network is
/// depends on t alone, not on other t asked for.
struct GradientFlow {
  static constexpr OptimizerFacts facts = {.name = "flow",
                                           .summary = "gradient flow, in continuous t",
                                           .law = ExpectedLaw::inverse_log,
                                           .growth = 1.0,
                                           .constant = "|delta|/2",
                                           .source = "as gradient descent, with the delta that it ends with",
                                           .forgets_time = true,
                                           .takes_steps = false};

  template <class OfLoss>
  LOGMARGIN_HOST_DEVICE static FlowSolution start(const Problem& problem, const Network<double>& initial) {
    return FlowIntegration<OfLoss>(problem).start(initial);
  }

  /// Returns the network at t. Precondition: t >= 0 does not fall from call to call.
  template <class OfLoss>
  LOGMARGIN_HOST_DEVICE static Network<double> at(const Problem& problem, FlowSolution& path, double t) {
    return with_coupling(problem, [&](auto coupled) LOGMARGIN_INLINED -> Network<double> {
      if constexpr (decltype(coupled)::value) {
        return FlowIntegration<OfLoss>(problem).at(path, t);
      } else {
        const double* z = path.last.z;
        const auto first = flow_point<OfLoss>(problem.rate_positive, {z[own_column(0)], z[stray_column(0)]}, t);
        const auto second = flow_point<OfLoss>(problem.rate_negative, {z[own_column(1)], z[stray_column(1)]}, t);
        return {first.correct, second.wrong, first.wrong, second.correct};
      }
    });
  }
};

}  // namespace logmargin
