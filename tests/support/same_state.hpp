#pragma once

#include "logmargin/model/pair.hpp"
#include "tests/support/random_source.hpp"

namespace logmargin::testing {

/// Equal in every bit, or both NaN in the same part.
inline bool same_bits(const Pair<float>& a, const Pair<float>& b) {
  return same_bits(static_cast<double>(a.high), static_cast<double>(b.high)) &&
         same_bits(static_cast<double>(a.low), static_cast<double>(b.low));
}

template <class Number>
bool same_bits(const Network<Number>& a, const Network<Number>& b) {
  return same_bits(a.z11, b.z11) && same_bits(a.z12, b.z12) && same_bits(a.z21, b.z21) && same_bits(a.z22, b.z22);
}

}  // namespace logmargin::testing
