#pragma once

#include "host/engine/engine.hpp"

namespace logmargin {

/// A network of coupled points from one t to another: by leaps while each active pre-activation climbs on its own and
/// until the next neuron fires again (kappa_12 > 0), one by one otherwise. Throws UsageError, with the hours it would
/// take, where more steps one by one remain than can be waited for, and Interrupted.
Network<double> carry(const Problem& problem, Network<double> network, double from_t, double to_t,
                      const RunControl& control);

}  // namespace logmargin
