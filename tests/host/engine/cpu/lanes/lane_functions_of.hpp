#pragma once

#include "host/engine/cpu/lanes/lane_memory.hpp"
#include "logmargin/numerics/exponential.hpp"
#include "logmargin/numerics/logarithm.hpp"
#include "tests/host/engine/cpu/lanes/lane_functions.hpp"

namespace logmargin::testing {

/// V is part of every symbol here, so that the instruction sets do not share one.
template <class V>
struct lane_functions_of {
  using L = lane<V>;
  using memory = lane_memory<V>;

  template <class Operation>
  [[gnu::always_inline]] static void each(const double* a, const double* b, const double* c, double* result,
                                          std::size_t count, Operation operation) {
    for (std::size_t at = 0; at < count; at += memory::width) {
      memory::store(operation(memory::load(a + at), memory::load(b + at), memory::load(c + at)), result + at);
    }
  }

  static constexpr LaneFunctions functions() {
    using In = const double*;
    using Out = double*;
    using Size = std::size_t;
    return {{
        {"exponential",
         [](In a, In b, In c, Out r, Size n) { each(a, b, c, r, n, [](V x, V, V) { return exponential(x); }); }},
        {"logarithm",
         [](In a, In b, In c, Out r, Size n) { each(a, b, c, r, n, [](V x, V, V) { return logarithm(x); }); }},
        {"fma",
         [](In a, In b, In c, Out r, Size n) { each(a, b, c, r, n, [](V x, V y, V z) { return L::fma(x, y, z); }); }},
        {"clamp", [](In a, In b, In c, Out r,
                     Size n) { each(a, b, c, r, n, [](V x, V, V) { return L::clamp(x, -2.0, 3.0); }); }},
        {"select", [](In a, In b, In c, Out r,
                      Size n) { each(a, b, c, r, n, [](V x, V y, V z) { return L::select(x < y, y, z); }); }},
        {"zero_unless", [](In a, In b, In c, Out r,
                           Size n) { each(a, b, c, r, n, [](V x, V y, V z) { return zero_unless(x >= y, z); }); }},
        {"relu", [](In a, In b, In c, Out r, Size n) { each(a, b, c, r, n, [](V x, V, V) { return relu(x); }); }},
        {"smaller",
         [](In a, In b, In c, Out r, Size n) { each(a, b, c, r, n, [](V x, V y, V) { return smaller(x, y); }); }},
        {"larger",
         [](In a, In b, In c, Out r, Size n) { each(a, b, c, r, n, [](V x, V y, V) { return larger(x, y); }); }},
        {"absolute",
         [](In a, In b, In c, Out r, Size n) { each(a, b, c, r, n, [](V x, V, V) { return absolute(x); }); }},
        {"bits", [](In a, In b, In c, Out r,
                    Size n) { each(a, b, c, r, n, [](V x, V, V) { return L::from_bits(L::to_bits(x) >> 1); }); }},
        {"divide", [](In a, In b, In c, Out r, Size n) { each(a, b, c, r, n, [](V x, V y, V) { return x / y; }); }},
        {"multiply then add",
         [](In a, In b, In c, Out r, Size n) { each(a, b, c, r, n, [](V x, V y, V z) { return x * y + z; }); }},
    }};
  }
};

}  // namespace logmargin::testing
