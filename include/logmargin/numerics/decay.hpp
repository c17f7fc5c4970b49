#pragma once

#include "logmargin/numerics/lane.hpp"

namespace logmargin {

/// decay<terms> is for 0 <= x < largest_decay<terms>.
template <int terms>
inline constexpr double largest_decay = 0x1p-16;
template <>
inline constexpr double largest_decay<3> = 0x1p-11;
template <>
inline constexpr double largest_decay<5> = 0x1p-6;

/// Returns e^-x - 1 by a polynomial x Q(x) of 2, 3 or 5 terms, minimax for the relative error of e^-x, which is below
/// 2^-55.2 over the whole range (E. Remez's exchange in 60 digits). In single precision the error is below 2^-28 for x
/// up to 32 times as large with 2 or 3 terms.
template <int terms, class F>
LOGMARGIN_HOST_DEVICE F decay(F x) {
  using L = lane<F>;
  const auto constant = [](double value) LOGMARGIN_INLINED { return F(static_cast<typename L::scalar>(value)); };
  if constexpr (terms == 2) {
    return x * L::fma(constant(0x1.ffff1261787e4p-2), x, constant(-0x1.ffffffffdb3d8p-1));
  } else if constexpr (terms == 3) {
    const F rest = L::fma(constant(-0x1.5540d8a6071bep-3), x, constant(0x1.ffffff41fd223p-2));
    return x * L::fma(rest, x, constant(-0x1.fffffffffe0b0p-1));
  } else {
    static_assert(terms == 5);
    F rest = L::fma(constant(-0x1.0efa51969cb9fp-7), x, constant(0x1.55530b46d3c0fp-5));
    rest = L::fma(rest, x, constant(-0x1.5555543184b94p-3));
    rest = L::fma(rest, x, constant(0x1.ffffffff811b7p-2));
    return x * L::fma(rest, x, constant(-0x1.ffffffffffee1p-1));
  }
}

}  // namespace logmargin
