#pragma once

#include "logmargin/model/pair.hpp"

namespace logmargin {

/// NetworkKind says what is left to happen to a network of decoupled data, where a point at which no neuron fires stays
/// so.
enum class NetworkKind : int {
  idle,   ///< no neuron fires at either point: nothing changes any more, of coupled data either
  stuck,  ///< at one of them: what it still shows is its loss, since it is not classified and never will be
  live
};

template <class Number>
LOGMARGIN_HOST_DEVICE NetworkKind kind_of(const Network<Number>& network) {
  const bool first_lives = positive(network.z11) || positive(network.z21);
  const bool second_lives = positive(network.z22) || positive(network.z12);
  if (first_lives && second_lives) return NetworkKind::live;
  return first_lives || second_lives ? NetworkKind::stuck : NetworkKind::idle;
}

}  // namespace logmargin
