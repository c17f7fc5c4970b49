#pragma once

#include "host/engine/engine.hpp"

namespace logmargin {

/// Up to this t any network is stepped; some tenths of a second of one.
inline constexpr double most_steps_one_by_one = 1e7;

/// A network of coupled points at the t it got to, and the steps left from there.
struct Carried {
  Network<double> network;
  double reached_t;
  double steps_left;
  double steps_one_by_one;
};

/// Takes a network of coupled points towards to_t: by leaps while each active pre-activation climbs on its own and
/// until the next neuron fires again (kappa_12 > 0), one by one otherwise, until the budget for that, in which short
/// leaps count too, is used up. Throws Interrupted.
Carried carry(const Problem& problem, Network<double> network, double from_t, double to_t, double most_one_by_one,
              const RunControl& control);

}  // namespace logmargin
