#pragma once

#include <string>
#include <vector>

#include "host/plan/experiment.hpp"
#include "logmargin/initial/initial_distributions.hpp"
#include "logmargin/measure/outcome.hpp"

namespace logmargin {

/// Returns one network's life in words: how it starts, which neuron stops or starts firing where and when, what becomes
/// of it, its limiting constant and its log10 t_eps (one for each threshold; empty where it does not converge).
/// unresolved_t says how far an unresolved network was followed.
std::string explanation(const Problem& problem, const SpatialStart& start, const Network<double>& last, double last_t,
                        Outcome outcome, double unresolved_t, const std::vector<Threshold>& thresholds,
                        const std::vector<double>& log10_t_eps);

}  // namespace logmargin
