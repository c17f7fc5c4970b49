#pragma once

#include <cstddef>

#include "logmargin/model/pair.hpp"

namespace logmargin {

/// lane_memory says how a lane type is read from and written to columns of numbers, which are double or Pair<float>.
template <class V>
struct lane_memory;

/// single_lane_memory reads and writes one network at a time.
template <class Number>
struct single_lane_memory {
  using number = Number;
  static constexpr std::size_t width = 1;
  [[gnu::always_inline]] static Number load(const Number* from) { return *from; }
  [[gnu::always_inline]] static void store(Number value, Number* to) { *to = value; }
};

template <>
struct lane_memory<double> : single_lane_memory<double> {};
template <>
struct lane_memory<Pair<float>> : single_lane_memory<Pair<float>> {};

}  // namespace logmargin
